// Elements of the format f32 in the words of a buffer.

const ELEMENTS_IN_WORD = 1u;

fn element_of(word: u32, place: u32) -> f32 {
  return bitcast<f32>(word);
}
