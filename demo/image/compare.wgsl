// Two pictures as numbers to be measured: grey levels of red, green and blue, pixel by pixel, and by how
// much they differ. All are whole numbers, exact in f32. `original_color` is that of a picture or of a frame.

@group(0) @binding(1) var noisy_picture: texture_2d<f32>;
@group(0) @binding(2) var<storage, read_write> original: array<f32>;
@group(0) @binding(3) var<storage, read_write> noisy: array<f32>;
@group(0) @binding(4) var<storage, read_write> difference: array<f32>;

fn levels(color: vec3f) -> vec3f {
  return round(255.0 * clamp(color, vec3f(), vec3f(1.0)));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(noisy_picture);
  if (all(id.xy < size)) {
    let before = levels(original_color(id.xy));
    let after = levels(textureLoad(noisy_picture, id.xy, 0).rgb);
    let first = 3u * (id.y * size.x + id.x);
    for (var channel = 0u; channel < 3u; channel++) {
      original[first + channel] = before[channel];
      noisy[first + channel] = after[channel];
      difference[first + channel] = after[channel] - before[channel];
    }
  }
}
