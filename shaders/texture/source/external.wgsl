// A frame of a video that is read.

#import texture/place

@group(0) @binding(2) var texture_source: texture_external;

fn texture_load(pixel: u32) -> vec4f {
  return textureLoad(texture_source, texture_place(pixel, textureDimensions(texture_source)));
}
