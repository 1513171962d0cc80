// Elements of rgba16float textures. Texels hold finite numbers exactly. Infinity and NaN are stored as such,
// which not all devices do well: SwiftShader makes both NaN, and changes the pixel's next channel.

#import lib/half

const TEXEL_BITS = 16u;

fn texel_code(x: f32) -> u32 {
  return half_of(vec4f(x)).x;
}

fn texel_number(code: u32) -> f32 {
  return half_number(vec4u(code)).x;
}
