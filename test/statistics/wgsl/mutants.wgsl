// A generator of normals that can be broken in ways that statistics must find. Unbroken, it is the
// engine's: elements 4 block to 4 block + 3 of a stream.

#import barrier
#import lib/philox
#import lib/normal/exact

override rounds: u32 = 10u;
override radius_stuck: u32 = 0u; // bits of the radius words that are always set
override angle_stuck: u32 = 0u;  // bits of the angle words that are always set
override shared_angle: bool = false; // both pairs of a block have the angle of the first
override shared_radius: bool = false; // both pairs of a block have the radius of the first
override lost_sign: bool = false; // the cosine's
override lost_stream: bool = false;

struct Params {
  zero: u32,
  blocks: u32,
  block: u32, // the first one
  stream: u32,
  seed: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> normals: array<vec4f>;

fn words_of(block: u32) -> vec4u {
  var words = vec4u(block, 0u, select(params.stream, 0u, lost_stream), 0u);
  for (var round = 0u; round < rounds; round++) {
    words = philox_round(words, vec2u(params.seed, 0u) + round * vec2u(0x9e3779b9u, 0xbb67ae85u));
  }
  return words;
}

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  barrier_zero = params.zero;
  if (id.x >= params.blocks) {
    return;
  }
  var w = words_of(params.block + id.x) | vec4u(radius_stuck, angle_stuck, radius_stuck, angle_stuck);
  w.z = select(w.z, w.x, shared_radius);
  w.w = select(w.w, w.y, shared_angle);
  let z = vec4f(normal_pair(w.x, w.y), normal_pair(w.z, w.w));
  let cosines = abs(z.yw);
  normals[id.x] = select(z, vec4f(z.x, cosines.x, z.z, cosines.y), lost_sign);
}
