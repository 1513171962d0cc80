// A whole chain in one trip through memory: each invocation loads a quad of four neighbouring elements,
// takes it through every op in registers, and stores it.

#import barrier
#import chain
#import format
#import lib/params

override workgroup: u32 = 256u;

@compute @workgroup_size(workgroup)
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  barrier_zero = params.zero;
  let quad = (params.begin >> 2u) + (id.y * groups.x + id.x) * workgroup + lane;
  if (!target_branches || 4u * quad < params.end) {
    format_store(quad, chain_quad(quad));
  }
}
