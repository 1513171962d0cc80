// A record of `walk.record` words for every group, zeros at first. Everything in it is a whole number
// that is added to or raised, so that the order in which invocations come does not matter.
// Laid out as src/reduce/record.ts states.

#import lib/reduce/walk
#import lib/wide

@group(0) @binding(3) var<storage, read_write> record_words: array<atomic<u32>>;

fn record_at(group: u32, field: u32) -> u32 {
  return (walk.base + group) * walk.record + field;
}

// What a workgroup finds, by fields of a record, before it is added to the record itself: invocations meet
// here, and a record is touched once by each workgroup.
var<workgroup> record_found: array<atomic<u32>, 28>;

fn record_raise(field: u32, value: u32) {
  atomicMax(&record_found[field], value);
}

// Raises a field of the record to what the workgroup has found.
fn record_raise_group(group: u32, field: u32) {
  atomicMax(&record_words[record_at(group, field)], atomicLoad(&record_found[field]));
}

// Adds a sum of `words` words, least significant first, to a field. Whoever makes a word wrap is told by its
// old value, and takes the carry on: each carry is counted once.
fn record_add(field: u32, words: u32, sum: array<u32, 5>) {
  var addends = sum;
  var carry = 0u;
  for (var i = 0u; i < words; i++) {
    let old = atomicAdd(&record_found[field + i], addends[i] + carry);
    carry = wide_carry(old, addends[i], carry);
  }
}

// Adds to a field of the record what the workgroup has found.
fn record_add_group(group: u32, field: u32, words: u32) {
  let at = record_at(group, field);
  var carry = 0u;
  for (var i = 0u; i < words; i++) {
    let word = atomicLoad(&record_found[field + i]);
    let old = atomicAdd(&record_words[at + i], word + carry);
    carry = wide_carry(old, word, carry);
  }
}
