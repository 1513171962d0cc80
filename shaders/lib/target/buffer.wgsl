// The words of the target, and writes that never leave the piece's range.

#import lib/target/range

@group(0) @binding(1) var<storage, read_write> target_words: array<u32>;

fn target_store_whole(quad: u32, words: vec4u) {
  let first = 4u * quad;
  target_words[first] = words.x;
  target_words[first + 1u] = words.y;
  target_words[first + 2u] = words.z;
  target_words[first + 3u] = words.w;
}

fn target_store_some(quad: u32, words: vec4u, inside: vec4<bool>) {
  let first = 4u * quad;
  if (inside.x) { target_words[first] = words.x; }
  if (inside.y) { target_words[first + 1u] = words.y; }
  if (inside.z) { target_words[first + 2u] = words.z; }
  if (inside.w) { target_words[first + 3u] = words.w; }
}
