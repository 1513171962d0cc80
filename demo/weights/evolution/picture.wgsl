// What the network decides all over the square from -1.5 to 1.5, straight from the buffer of its weights.

struct Scene {
  // The colors of the two sides, and of the border between them.
  low: vec4f,
  high: vec4f,
  middle: vec4f,
}

@group(0) @binding(1) var<uniform> scene: Scene;

struct Corner {
  @builtin(position) position: vec4f,
  @location(0) point: vec2f,
}

// A triangle that covers the picture.
@vertex
fn corner(@builtin(vertex_index) index: u32) -> Corner {
  let place = vec2f(vec2u(index & 1u, index >> 1u)) * 4 - 1;
  return Corner(vec4f(place, 0, 1), 1.5 * place);
}

@fragment
fn paint(corner: Corner) -> @location(0) vec4f {
  let certainty = tanh(network_score(0u, corner.point) / 2);
  let side = select(scene.low, scene.high, certainty > 0);
  // Paler than the points.
  return mix(scene.middle, side, 0.15 + 0.4 * abs(certainty));
}
