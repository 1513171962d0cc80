// Elements of one byte, four to a word, the first lowest.

#import lib/params
#import lib/target
#import source

const BYTES_SHIFTS = vec4u(0u, 8u, 16u, 24u);

// The quad's four bytes, 0 to 255. They may straddle two words of a source at another alignment. The
// index is signed: the first quad may begin before the source does, with elements not of the piece.
fn bytes_load(quad: u32) -> vec4u {
  let first = bitcast<i32>(source_start(quad));
  let word = bitcast<u32>(first >> 2u);
  let shift = 8u * bitcast<u32>(first & 3);
  var bytes = source_word(word) >> shift;
  if (shift != 0u) {
    bytes |= source_word(word + 1u) << (32u - shift);
  }
  return (vec4u(bytes) >> BYTES_SHIFTS) & vec4u(0xffu);
}

// Stores the low byte of each of four words. Bytes outside the piece are written back as they were.
fn bytes_store(quad: u32, bytes: vec4u) {
  let placed = (bytes & vec4u(0xffu)) << BYTES_SHIFTS;
  let word = placed.x | placed.y | placed.z | placed.w;
  if (target_usual(quad)) {
    target_words[quad] = word;
  } else {
    let masks = select(vec4u(0u), vec4u(0xffu), target_inside(quad)) << BYTES_SHIFTS;
    let mask = masks.x | masks.y | masks.z | masks.w;
    if (mask != 0u) {
      target_words[quad] = (target_words[quad] & ~mask) | (word & mask);
    }
  }
}
