// After squares: the factor that brings each group to a norm of at most `walk.limit`, as bits of an f32:
// 1 where the norm is not above it, else the quotient, cut off after 24 bits, or 0 below 2^-126. A group
// with NaN or infinity has the factor 1. Only whole numbers: no root, no division.

#import lib/reduce/norm
#import lib/reduce/record

const WORKGROUP = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let group = (id.y * workgroups.x + id.x) * WORKGROUP + lane;
  if (group >= walk.groups) {
    return;
  }
  let at = record_at(group, RECORD_SUMS);
  let sum = vec3u(
    atomicLoad(&record_words[at]),
    atomicLoad(&record_words[at + 1u]),
    atomicLoad(&record_words[at + 2u]),
  );
  let factor = norm_factor(sum, record_scale(group), walk.limit);
  atomicStore(&record_words[record_at(group, RECORD_FACTOR)], factor);
}
