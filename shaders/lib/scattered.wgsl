// Samples that are not those of the quad's elements in their order.

#import lib/draw
#import lib/params

fn scattered_block(draw: u32, samples: vec4u) -> vec4u {
  return (samples + params.draws[draw].lane) >> vec4u(2u);
}

fn scattered_lane(draw: u32, samples: vec4u) -> vec4u {
  return (samples + params.draws[draw].lane) & vec4u(3u);
}

// Random words.
fn scattered_bits(draw: u32, samples: vec4u) -> vec4u {
  let blocks = scattered_block(draw, samples);
  let lanes = scattered_lane(draw, samples);
  var result = vec4u();
  for (var i = 0u; i < 4u; i++) {
    let words = draw_block(draw, blocks[i]);
    result[i] = words[lanes[i]];
  }
  return result;
}

// No block: there are less than 2^30.
const SCATTERED_END = 0xffffffffu;

// Standard normals of the samples, and of those that are 1, 2, … steps on: as many as there are `channels`,
// at most 4. Goes from block to block, so that each is made once for all samples in it; where neighbours are
// wanted, that is much less than one block for each.
fn scattered_normals(draw: u32, samples: vec4u, step: u32, channels: u32) -> array<vec4f, 4> {
  var result = array<vec4f, 4>();
  let firsts = scattered_block(draw, samples);
  var block = min(min(firsts.x, firsts.y), min(firsts.z, firsts.w));
  while (block != SCATTERED_END) {
    let z = draw_normal_block(draw, block);
    var later = vec4u(SCATTERED_END);
    for (var k = 0u; k < channels; k++) {
      let wanted = samples + k * step;
      let blocks = scattered_block(draw, wanted);
      let lanes = scattered_lane(draw, wanted);
      let here = vec4f(z[lanes.x], z[lanes.y], z[lanes.z], z[lanes.w]);
      result[k] = select(result[k], here, blocks == vec4u(block));
      later = min(later, select(vec4u(SCATTERED_END), blocks, blocks > vec4u(block)));
    }
    block = min(min(later.x, later.y), min(later.z, later.w));
  }
  return result;
}

// Standard normals.
fn scattered_normal(draw: u32, samples: vec4u) -> vec4f {
  return scattered_normals(draw, samples, 0u, 1u)[0];
}
