// Elements of the format u8 in the words of a buffer, four to a word.

const ELEMENTS_IN_WORD = 4u;

fn element_of(word: u32, place: u32) -> f32 {
  return f32((word >> (8u * place)) & 0xffu);
}
