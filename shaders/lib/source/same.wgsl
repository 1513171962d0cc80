// In place: the source is the target, so that quads are whole words of it.

#import lib/target

// The index of the quad's first element in the source's binding.
fn source_start(quad: u32) -> u32 {
  return 4u * quad;
}

fn source_word(index: u32) -> u32 {
  return target_words[index];
}
