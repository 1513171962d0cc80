// The original: a frame of a video, whose colors may lie a little beyond 0 and 1.

@group(0) @binding(0) var original_frame: texture_external;

fn original_color(place: vec2u) -> vec3f {
  return textureLoad(original_frame, place).rgb;
}
