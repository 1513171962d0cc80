// What a kernel writes: elements of one word each.

#import target

// Stores a quad of one-word elements.
fn target_store(quad: u32, words: vec4u) {
  let first = 4u * quad;
  if (target_whole(quad)) {
    target_words[first] = words.x;
    target_words[first + 1u] = words.y;
    target_words[first + 2u] = words.z;
    target_words[first + 3u] = words.w;
  } else {
    let inside = target_inside(quad);
    if (inside.x) { target_words[first] = words.x; }
    if (inside.y) { target_words[first + 1u] = words.y; }
    if (inside.z) { target_words[first + 2u] = words.z; }
    if (inside.w) { target_words[first + 3u] = words.w; }
  }
}
