// Out of place, from a texture: the words that a buffer of its elements would hold, row by row.
// CHANNELS, the elements of a pixel (3: red, green, blue; 4: and alpha), is written by the planner.

#import lib/params
#import texel
#import texture

fn source_element(index: u32) -> f32 {
  return texture_load(index / CHANNELS)[index % CHANNELS];
}

// The index of the quad's first element in the source's binding.
fn source_start(quad: u32) -> u32 {
  return 4u * quad + params.source_offset;
}

fn source_word(index: u32) -> u32 {
  var word = 0u;
  for (var bit = 0u; bit < 32u; bit += TEXEL_BITS) {
    let element = index * (32u / TEXEL_BITS) + bit / TEXEL_BITS;
    word |= texel_code(source_element(element)) << bit;
  }
  return word;
}
