// The target is quad 0 of a buffer in registers, on its way to a texture.

var<private> target_words: array<u32, 4>;

fn target_whole(quad: u32) -> bool {
  return true;
}

fn target_inside(quad: u32) -> vec4<bool> {
  return vec4<bool>(true);
}

fn target_store_quad(quad: u32, words: vec4u) {
  target_words = array(words.x, words.y, words.z, words.w);
}

fn target_store_word(index: u32, word: u32) {
  target_words[index] = word;
}
