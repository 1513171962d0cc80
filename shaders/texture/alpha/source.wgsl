// Alpha as it is in the texture that is read.

#import texture

fn alpha_of(pixel: u32) -> f32 {
  return texture_load(pixel).a;
}
