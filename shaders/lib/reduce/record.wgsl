// A record of `walk.record` words for every group, zeros at first. Everything in it is a whole number
// that is added to or raised, so that the order in which invocations come does not matter.
// Laid out as src/reduce/record.ts states.

#import lib/fixed
#import lib/key
#import lib/reduce/walk
#import lib/wide

@group(0) @binding(3) var<storage, read_write> record_words: array<atomic<u32>>;

const RECORD_HIGHEST = 0u; // the largest key of a number
const RECORD_LOWEST = 1u;  // the largest complement of a key
const RECORD_NANS = 2u;    // how many elements are NaN
const RECORD_SUMS = 3u;    // five sums of five words each, least significant first
const RECORD_BINS = 28u;   // below, bins, above
const RECORD_FACTOR = 8u;  // where only one sum is wanted: what a norm is to be multiplied by

fn record_at(group: u32, field: u32) -> u32 {
  return group * walk.record + field;
}

// The largest and the least number of a group, as bits; NaN where there is none.
fn record_extremes(group: u32) -> vec2u {
  return vec2u(
    key_bits(atomicLoad(&record_words[record_at(group, RECORD_HIGHEST)])),
    key_bits(~atomicLoad(&record_words[record_at(group, RECORD_LOWEST)])),
  );
}

// The largest exponent of a group's numbers: the scale of lib/fixed.
fn record_scale(group: u32) -> u32 {
  let extremes = record_extremes(group);
  return max(fixed_exponent(extremes.x), fixed_exponent(extremes.y));
}

// Whether a group has elements, and neither NaN nor infinity.
fn record_is_finite(group: u32) -> bool {
  let nans = atomicLoad(&record_words[record_at(group, RECORD_NANS)]);
  return nans == 0u && record_scale(group) < 255u;
}

// Adds word + carry, where carry is 0 or 1. Whoever makes a word wrap is told by its old value, and takes
// the carry on: each carry is counted once.
fn record_add_word(at: u32, word: u32, carry: u32) -> u32 {
  let value = word + carry;
  let old = atomicAdd(&record_words[at], value);
  return select(0u, 1u, value < carry) + select(0u, 1u, old + value < value);
}

fn record_add(at: u32, sum: Wide) {
  var carry = record_add_word(at, sum.low.x, 0u);
  carry = record_add_word(at + 1u, sum.low.y, carry);
  carry = record_add_word(at + 2u, sum.low.z, carry);
  carry = record_add_word(at + 3u, sum.low.w, carry);
  _ = record_add_word(at + 4u, sum.high, carry);
}
