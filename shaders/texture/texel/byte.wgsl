// Elements of textures with 8 bits per channel, whose texels hold byte / 255. The device rounds that as it
// likes on the way in and out, far less than the half byte by which it might err.

const TEXEL_BITS = 8u;

fn texel_code(x: f32) -> u32 {
  return u32(saturate(x) * 255.0 + 0.5);
}

fn texel_number(code: u32) -> f32 {
  return f32(code) * 0x1.010102p-8f; // 1 / 255
}
