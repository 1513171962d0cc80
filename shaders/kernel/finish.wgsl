// After exponents and squares: makes a number of each group's sums, and clears them. Only whole numbers
// are computed with: no root, no division.

#import finish
#import lib/reduce/power

const WORKGROUP = 64u;

// The groups' numbers, as bits of f32.
@group(0) @binding(4) var<storage, read_write> finish_numbers: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let group = (id.y * workgroups.x + id.x) * WORKGROUP + lane;
  if (group < walk.groups) {
    finish_numbers[walk.base + group] = finish_number(power_sum(group), power_scale(group));
    power_clear(group);
  }
}
