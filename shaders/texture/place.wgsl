// Pixels are counted row by row from the upper left.

fn texture_place(pixel: u32, size: vec2u) -> vec2u {
  return vec2u(pixel % size.x, pixel / size.x);
}
