// Elements of the format f16 in the words of a buffer, two to a word.

#import lib/half

const ELEMENTS_IN_WORD = 2u;

fn element_of(word: u32, place: u32) -> f32 {
  return half_number(vec4u((word >> (16u * place)) & 0xffffu)).x;
}
