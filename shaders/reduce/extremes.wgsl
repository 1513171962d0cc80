// The first pass: the least and the largest number, and how many elements are NaN.

#import lib/key
#import lib/reduce/measure

var<private> extremes_highest: u32;
var<private> extremes_lowest: u32;
var<private> extremes_nans: u32;

fn reduction_begin(group: u32) {
  extremes_highest = 0u;
  extremes_lowest = 0u;
  extremes_nans = 0u;
}

fn reduction_add(bits: u32) {
  if (key_is_nan(bits)) {
    extremes_nans += 1u;
  } else {
    extremes_highest = max(extremes_highest, key_of(bits));
    extremes_lowest = max(extremes_lowest, ~key_of(bits));
  }
}

fn reduction_end(group: u32, lane: u32, lanes: u32) {
  record_raise(MEASURE_HIGHEST, extremes_highest);
  record_raise(MEASURE_LOWEST, extremes_lowest);
  record_add(MEASURE_NANS, 1u, array(extremes_nans, 0u, 0u, 0u, 0u));
  workgroupBarrier();
  if (lane == 0u) {
    record_raise_group(group, MEASURE_HIGHEST);
    record_raise_group(group, MEASURE_LOWEST);
    record_add_group(group, MEASURE_NANS, 1u);
  }
}
