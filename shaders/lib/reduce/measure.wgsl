// The records of measurements: extremes, sums of powers, counts.

#import lib/fixed
#import lib/key
#import lib/reduce/record

const MEASURE_HIGHEST = 0u; // the largest key of a number
const MEASURE_LOWEST = 1u;  // the largest complement of a key
const MEASURE_NANS = 2u;    // how many elements are NaN
const MEASURE_SUMS = 3u;    // five sums of five words each, least significant first
const MEASURE_BINS = 28u;   // below, bins, above

// The largest and the least number of a group, as bits; NaN where there is none.
fn measure_extremes(group: u32) -> vec2u {
  return vec2u(
    key_bits(atomicLoad(&record_words[record_at(group, MEASURE_HIGHEST)])),
    key_bits(~atomicLoad(&record_words[record_at(group, MEASURE_LOWEST)])),
  );
}

// The largest exponent of a group's numbers: the scale of lib/fixed.
fn measure_scale(group: u32) -> u32 {
  let extremes = measure_extremes(group);
  return max(fixed_exponent(extremes.x), fixed_exponent(extremes.y));
}

// Whether a group has elements, and neither NaN nor infinity.
fn measure_is_finite(group: u32) -> bool {
  let nans = atomicLoad(&record_words[record_at(group, MEASURE_NANS)]);
  return nans == 0u && measure_scale(group) < 255u;
}
