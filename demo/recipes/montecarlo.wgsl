// Sums of exp(-a |z|^2) and of its square over normal points z in four dimensions, for one a in each row of
// workgroups. The functions philox_4x32 and normal_pair stand before this text.

struct Settings {
  seed: vec2u,
  // Of an invocation.
  points: u32,
  // Holds 0, and keeps apart what exact normals must not have fused.
  zero: u32,
}

@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read_write> sums: array<vec2f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  barrier_zero = settings.zero;
  let place = id.y * 64 * groups.x + id.x;
  let a = f32(id.y) / 4;
  var sum = vec2f();
  for (var i = 0u; i < settings.points; i++) {
    let words = philox_4x32(vec4u(place * settings.points + i, 0, 0, 0), settings.seed);
    let z = vec4f(normal_pair(words.x, words.y), normal_pair(words.z, words.w));
    let value = exp(-a * dot(z, z));
    sum += vec2f(value, value * value);
  }
  sums[place] = sum;
}
