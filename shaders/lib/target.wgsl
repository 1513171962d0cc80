// What a kernel writes: elements of one word each.

#import target

// Whether the usual quad, all of whose elements belong to the piece, is treated apart. Software adapters run
// both sides of such a branch.
override target_branches: bool = true;

fn target_usual(quad: u32) -> bool {
  return target_branches && target_whole(quad);
}

// Stores a quad of one-word elements.
fn target_store(quad: u32, words: vec4u) {
  let first = 4u * quad;
  if (target_usual(quad)) {
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
