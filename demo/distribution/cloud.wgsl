// A cloud of points: each instance is a small square about a point that is made of three samples of the
// noise, straight from its buffer.

struct Scene {
  // From independent standard normals to the screen.
  place: mat4x4f,
  color: vec4f,
  // A point's width and height, in parts of the screen's half.
  point: vec2f,
}

@group(0) @binding(0) var<uniform> scene: Scene;

struct Point {
  @builtin(position) position: vec4f,
  @location(0) opacity: f32,
}

@vertex
fn corner(@builtin(vertex_index) index: u32, @location(0) z: vec3f) -> Point {
  let center = scene.place * vec4f(z, 1);
  let offset = vec2f(vec2u(index & 1u, index >> 1u)) - 0.5;
  // The rarer, the fuller, so that the outer ones are seen as well.
  let opacity = clamp(0.06 + 0.12 * (length(z) - 1.5), 0.06, 0.9);
  return Point(center + vec4f(offset * scene.point * center.w, 0, 0), opacity);
}

@fragment
fn paint(point: Point) -> @location(0) vec4f {
  let alpha = scene.color.a * point.opacity;
  return vec4f(scene.color.rgb * alpha, alpha);
}
