// Elements of rgba16float textures. Texels hold finite numbers exactly; what a device makes of infinity and
// NaN in a texture is its own affair (SwiftShader stores both as NaN).

#import lib/half

const TEXEL_BITS = 16u;

fn texel_code(x: f32) -> u32 {
  return half_of(vec4f(x)).x;
}

fn texel_number(code: u32) -> f32 {
  return half_number(vec4u(code)).x;
}
