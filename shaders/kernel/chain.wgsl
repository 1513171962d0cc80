// A whole chain in one trip through memory: each invocation loads a quad of four neighbouring elements,
// takes it through every op in registers, and stores it.

#import barrier
#import chain
#import format
#import lib/params

override workgroup: u32 = 256u;

@compute @workgroup_size(workgroup)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  barrier_zero = params.zero;
  let quad = (params.begin >> 2u) + id.y * groups.x * workgroup + id.x;
  if (4u * quad < params.end) {
    format_store(quad, chain_quad(quad));
  }
}
