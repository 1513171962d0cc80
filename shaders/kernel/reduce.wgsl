// A pass over all groups of a range: each workgroup walks a part of one group, a quad of elements to an
// invocation, and adds what it finds to the group's record.

#import barrier
#import lib/reduce/walk
#import reduction

const WORKGROUP = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  barrier_zero = walk.zero;
  let part = id.y * workgroups.x + id.x;
  let group = part / walk.parts;
  if (group >= walk.groups) {
    return;
  }
  reduction_begin(group);
  let origin = walk_place(group, 0u);
  let quads = (walk.size + 3u) / 4u;
  let step = walk.parts * WORKGROUP;
  for (var quad = (part % walk.parts) * WORKGROUP + lane; quad < quads; quad += step) {
    let found = walk_quad(origin, quad);
    if (found.inside.x) { reduction_add(found.bits.x); }
    if (found.inside.y) { reduction_add(found.bits.y); }
    if (found.inside.z) { reduction_add(found.bits.z); }
    if (found.inside.w) { reduction_add(found.bits.w); }
  }
  reduction_end(group, lane, WORKGROUP);
}
