// The samples of one quad (four neighbouring elements) for one draw of a chain.
// Sample s of a stream is lane s & 3 of block s >> 2; the counter of a block is
// [block low, block high, stream low, stream high]: cuRAND's device layout.
// A draw whose samples do not start on a block sees each quad straddle two blocks.

#import lib/params
#import lib/philox
#import normal

// Whether no draw of the dispatch is special: samples start on a block, so that each quad is one block, and
// the low words of the blocks do not wrap, so that the high word is the same for all lanes.
override draw_aligned: bool = false;

fn draw_block(draw: u32, index: u32) -> vec4u {
  let base = params.draws[draw].block;
  let low = base.x + index;
  if (draw_aligned) {
    return philox_4x32_ahead(low, params.draws[draw].ahead, params.key);
  }
  let high = base.y + select(0u, 1u, low < base.x);
  return philox_4x32(vec4u(low, high, params.stream), params.key);
}

// Four neighbours out of the eight values a, b, from the given lane on.
fn draw_window(a: vec4u, b: vec4u, lane: u32) -> vec4u {
  switch lane {
    case 1u: { return vec4u(a.yzw, b.x); }
    case 2u: { return vec4u(a.zw, b.xy); }
    case 3u: { return vec4u(a.w, b.xyz); }
    default: { return a; }
  }
}

// Random words.
fn draw_bits(draw: u32, quad: u32) -> vec4u {
  let words = draw_block(draw, quad);
  let lane = params.draws[draw].lane;
  if (draw_aligned || lane == 0u) {
    return words;
  }
  return draw_window(words, draw_block(draw, quad + 1u), lane);
}

// The four standard normals of one block: words (0, 1) and (2, 3) make a pair each.
fn draw_normal_block(draw: u32, index: u32) -> vec4f {
  return normal_pairs(draw_block(draw, index));
}

// Standard normals.
fn draw_normal(draw: u32, quad: u32) -> vec4f {
  let z = draw_normal_block(draw, quad);
  let lane = params.draws[draw].lane;
  if (draw_aligned || lane == 0u) {
    return z;
  }
  let next = draw_normal_block(draw, quad + 1u);
  return bitcast<vec4f>(draw_window(bitcast<vec4u>(z), bitcast<vec4u>(next), lane));
}
