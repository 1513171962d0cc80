// Samples that are not those of the quad's elements in their order: each of the four is drawn for itself.

#import lib/draw
#import lib/params
#import normal

// The words of a block, and the lane there, of one sample.
fn scattered_words(draw: u32, sample: u32) -> vec4u {
  return draw_block(draw, (params.draws[draw].lane + sample) >> 2u);
}

fn scattered_lane(draw: u32, sample: u32) -> u32 {
  return (params.draws[draw].lane + sample) & 3u;
}

// Random words.
fn scattered_bits(draw: u32, samples: vec4u) -> vec4u {
  var result = vec4u();
  for (var i = 0u; i < 4u; i++) {
    let words = scattered_words(draw, samples[i]);
    result[i] = words[scattered_lane(draw, samples[i])];
  }
  return result;
}

// Standard normals: only the pair that holds the sample is made.
fn scattered_normal(draw: u32, samples: vec4u) -> vec4f {
  var result = vec4f();
  for (var i = 0u; i < 4u; i++) {
    let words = scattered_words(draw, samples[i]);
    let lane = scattered_lane(draw, samples[i]);
    let pair = select(words.xy, words.zw, lane >= 2u);
    let z = normal_pair(pair.x, pair.y);
    result[i] = select(z.x, z.y, (lane & 1u) == 1u);
  }
  return result;
}
