// Opaque, where no texture is read.

fn alpha_of(pixel: u32) -> f32 {
  return 1.0;
}
