// A texture that is written. Its type, TextureTarget, is written by the planner.

#import chain
#import format
#import lib/target/registers
#import texel
#import texture/place

@group(0) @binding(1) var texture_target: TextureTarget;

// What texels hold of the chain's quad: just what a buffer would hold of it.
fn texture_quad(quad: u32) -> vec4f {
  format_store(0u, chain_quad(quad));
  return vec4f(texture_number(0u), texture_number(1u), texture_number(2u), texture_number(3u));
}

fn texture_number(element: u32) -> f32 {
  let bit = element * TEXEL_BITS;
  return texel_number(extractBits(target_words[bit / 32u], bit % 32u, TEXEL_BITS));
}

// Pixels past the last row are not stored: WGSL's textureStore leaves out what is outside.
fn texture_store(pixel: u32, texel: vec4f) {
  textureStore(texture_target, texture_place(pixel, textureDimensions(texture_target)), texel);
}
