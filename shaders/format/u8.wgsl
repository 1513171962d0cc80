// u8: four elements to a word, 0 to 255. Values outside are clamped, NaN becomes 0.

#import lib/float
#import lib/params
#import lib/target
#import rounding
#import source

const FORMAT_SHIFTS = vec4u(0u, 8u, 16u, 24u);

// The quad's four bytes may straddle two words of a source at another alignment. The index is signed:
// the first quad may begin before the source does, with elements that are not of the piece.
fn format_load(quad: u32) -> vec4f {
  let first = bitcast<i32>(4u * quad + params.source_offset);
  let word = bitcast<u32>(first >> 2u);
  let shift = 8u * bitcast<u32>(first & 3);
  var bytes = source_word(word) >> shift;
  if (shift != 0u) {
    bytes |= source_word(word + 1u) << (32u - shift);
  }
  return vec4f((vec4u(bytes) >> FORMAT_SHIFTS) & vec4u(0xffu));
}

// Bytes of the word outside the piece are written back as they were.
fn format_store(quad: u32, x: vec4f) {
  let grey = select(float_clamp(x, 0.0, 255.0), vec4f(0.0), float_is_nan(x));
  let bytes = rounding_byte(grey) << FORMAT_SHIFTS;
  let word = bytes.x | bytes.y | bytes.z | bytes.w;
  let inside = target_inside(quad);
  if (all(inside)) {
    target_words[quad] = word;
  } else {
    let masks = select(vec4u(0u), vec4u(0xffu), inside) << FORMAT_SHIFTS;
    let mask = masks.x | masks.y | masks.z | masks.w;
    target_words[quad] = (target_words[quad] & ~mask) | (word & mask);
  }
}
