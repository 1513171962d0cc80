// A record of `walk.record` words for every group, zeros at first. Everything in it is a whole number
// that is added to or raised, so that the order in which invocations come does not matter.
// Laid out as src/reduce/record.ts states.

#import lib/reduce/walk
#import lib/wide

@group(0) @binding(3) var<storage, read_write> record_words: array<atomic<u32>>;

fn record_at(group: u32, field: u32) -> u32 {
  return (walk.base + group) * walk.record + field;
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
