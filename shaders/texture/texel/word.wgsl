// Elements of rgba32float textures.

const TEXEL_BITS = 32u;

fn texel_code(x: f32) -> u32 {
  return bitcast<u32>(x);
}

fn texel_number(code: u32) -> f32 {
  return bitcast<f32>(code);
}
