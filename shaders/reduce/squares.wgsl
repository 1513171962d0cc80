// After exponents: the sum of squares, exact. Each magnitude becomes a whole multiple m of 2^(scale - 157), where
// scale is the largest exponent of the group, to nearest, so that the largest m has 31 bits. A group with
// NaN or infinity has none.

#import lib/fixed
#import lib/reduce/power
#import lib/wide

var<private> squares_scale: u32;
var<private> squares_sum: Wide;

fn reduction_begin(group: u32) {
  squares_scale = power_scale(group);
  squares_sum = Wide();
}

fn reduction_add(bits: u32) {
  if (squares_scale < 255u) {
    let magnitude = fixed_of(bits & 0x7fffffffu, squares_scale);
    let m = magnitude.y + (magnitude.x >> 31u);
    squares_sum = wide_add(squares_sum, vec4u(wide_multiply(m, m), 0u, 0u));
  }
}

fn reduction_end(group: u32, lane: u32, lanes: u32) {
  let sum = squares_sum.low;
  record_add(POWER_SUM, 3u, array(sum.x, sum.y, sum.z, 0u, 0u));
  workgroupBarrier();
  if (lane == 0u) {
    record_add_group(group, POWER_SUM, 3u);
  }
}
