// Elements of two bytes, two to a word, the first lower.

#import lib/params
#import lib/target
#import source

// The quad's four halves, 0 to 65535. They may straddle three words of a source at another alignment. The
// index is signed: the first quad may begin before the source does, with elements not of the piece.
fn halves_load(quad: u32) -> vec4u {
  let first = bitcast<i32>(source_start(quad));
  let word = bitcast<u32>(first >> 1u);
  var pairs = vec2u(source_word(word), source_word(word + 1u));
  if ((first & 1) != 0) {
    pairs = (pairs >> vec2u(16u)) | (vec2u(pairs.y, source_word(word + 2u)) << vec2u(16u));
  }
  return vec4u(pairs.x & 0xffffu, pairs.x >> 16u, pairs.y & 0xffffu, pairs.y >> 16u);
}

// Stores four halves. Halves outside the piece are written back as they were.
fn halves_store(quad: u32, halves: vec4u) {
  let words = halves.xz | (halves.yw << vec2u(16u));
  if (target_usual(quad)) {
    target_words[2u * quad] = words.x;
    target_words[2u * quad + 1u] = words.y;
  } else {
    let inside = select(vec4u(0u), vec4u(0xffffu), target_inside(quad));
    let masks = inside.xz | (inside.yw << vec2u(16u));
    halves_store_word(2u * quad, words.x, masks.x);
    halves_store_word(2u * quad + 1u, words.y, masks.y);
  }
}

fn halves_store_word(index: u32, word: u32, inside: u32) {
  if (inside == 0xffffffffu) {
    target_words[index] = word;
  } else if (inside != 0u) {
    target_words[index] = (target_words[index] & ~inside) | (word & inside);
  }
}
