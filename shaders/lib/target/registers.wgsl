// The target is quad 0 of a buffer in registers, on its way to a texture: the whole quad belongs to the piece.

var<private> target_words: array<u32, 4>;

fn target_whole(quad: u32) -> bool {
  return true;
}

fn target_inside(quad: u32) -> vec4<bool> {
  return vec4<bool>(true);
}

fn target_store_whole(quad: u32, words: vec4u) {
  target_words = array(words.x, words.y, words.z, words.w);
}

fn target_store_some(quad: u32, words: vec4u, inside: vec4<bool>) {
  target_store_whole(quad, words);
}
