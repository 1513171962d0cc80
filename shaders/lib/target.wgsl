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
    target_store_whole(quad, words);
  } else {
    target_store_some(quad, words, target_inside(quad));
  }
}
