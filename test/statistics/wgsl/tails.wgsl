// Counts elements at or beyond three limits on each side of a centre.

#import element

struct Params {
  count: u32,
  center: f32,
  limits: vec3f, // distances from the centre, rising
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> elements: array<u32>;
// Below the centre and above it, for each limit.
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>, 6>;

const LANES = 256u;
const EACH = 64u; // words

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  for (var i = 0u; i < EACH; i++) {
    let at = (group.x * EACH + i) * LANES + lane;
    if (ELEMENTS_IN_WORD * at >= params.count) {
      break;
    }
    let word = elements[at];
    for (var place = 0u; place < ELEMENTS_IN_WORD; place++) {
      let off = element_of(word, place) - params.center;
      if (abs(off) >= params.limits.x) {
        count_beyond(off);
      }
    }
  }
}

fn count_beyond(off: f32) {
  let side = select(0u, 3u, off > 0.0);
  for (var limit = 0u; limit < 3u; limit++) {
    if (abs(off) >= params.limits[limit]) {
      atomicAdd(&counts[side + limit], 1u);
    }
  }
}
