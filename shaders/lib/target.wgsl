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
  if (target_usual(quad)) {
    target_store_quad(quad, words);
  } else {
    let first = 4u * quad;
    let inside = target_inside(quad);
    if (inside.x) { target_store_word(first, words.x); }
    if (inside.y) { target_store_word(first + 1u, words.y); }
    if (inside.z) { target_store_word(first + 2u, words.z); }
    if (inside.w) { target_store_word(first + 3u, words.w); }
  }
}
