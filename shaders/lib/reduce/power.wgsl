// The records of statistics: how large the numbers of a group are, and the sum of their squares.

#import lib/reduce/record

const POWER_SCALE = 0u; // the largest exponent: the scale of lib/fixed; 255 where there is NaN or infinity
const POWER_SUM = 1u;   // the sum of squares in units of 2^(2 (scale - 157)): 96 bits, low word first

fn power_scale(group: u32) -> u32 {
  return atomicLoad(&record_words[record_at(group, POWER_SCALE)]);
}

fn power_sum(group: u32) -> vec3u {
  let at = record_at(group, POWER_SUM);
  return vec3u(
    atomicLoad(&record_words[at]),
    atomicLoad(&record_words[at + 1u]),
    atomicLoad(&record_words[at + 2u]),
  );
}

// The next run finds zeros.
fn power_clear(group: u32) {
  let at = record_at(group, 0u);
  for (var word = 0u; word < walk.record; word++) {
    atomicStore(&record_words[at + word], 0u);
  }
}
