// The target as quads of one-word elements, so that 16 bytes are stored at a time: the form for hardware, which
// cannot tell that four words are one after the other while it tests each against the end of the binding.
// The binding holds whole quads, whatever the piece's range is.

#import lib/target/range

@group(0) @binding(1) var<storage, read_write> target_quads: array<vec4u>;

fn target_store_quad(quad: u32, words: vec4u) {
  target_quads[quad] = words;
}

fn target_store_word(index: u32, word: u32) {
  target_quads[index / 4u][index % 4u] = word;
}
