// The original: a picture in a texture.

@group(0) @binding(0) var original_picture: texture_2d<f32>;

fn original_color(place: vec2u) -> vec3f {
  return textureLoad(original_picture, place, 0).rgb;
}
