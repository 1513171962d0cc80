// A quad of one-word elements, in place where the target is quads of them.

#import lib/target

fn source_quad(quad: u32) -> vec4u {
  return target_quads[quad];
}
