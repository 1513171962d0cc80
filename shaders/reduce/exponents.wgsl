// The largest exponent of a group's elements: 255 where one is NaN or infinite, and at least 1.

#import lib/fixed
#import lib/reduce/power

var<private> exponents_largest: u32;

fn reduction_begin(group: u32) {
  exponents_largest = 1u;
}

fn reduction_add(bits: u32) {
  exponents_largest = max(exponents_largest, fixed_exponent(bits));
}

fn reduction_end(group: u32, lane: u32, lanes: u32) {
  record_raise(POWER_SCALE, exponents_largest);
  workgroupBarrier();
  if (lane == 0u) {
    record_raise_group(group, POWER_SCALE);
  }
}
