// After norm: each element times the factor of its group. Where that is 1, elements stay as they are.

#import barrier
#import format
#import lib/float
#import lib/reduce/record

const WORKGROUP = 64u;

fn scale_factor(element: u32) -> f32 {
  let at = record_at(walk_group(element), RECORD_FACTOR);
  return bitcast<f32>(atomicLoad(&record_words[at]));
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  barrier_zero = walk.zero;
  params = Params(walk.first + walk.shift, walk.end + walk.shift, 0u);
  let quad = (params.begin >> 2u) + (id.y * workgroups.x + id.x) * WORKGROUP + lane;
  if (4u * quad < params.end) {
    let first = 4u * quad - walk.shift;
    let factor = vec4f(
      scale_factor(first),
      scale_factor(first + 1u),
      scale_factor(first + 2u),
      scale_factor(first + 3u),
    );
    let x = format_load(quad);
    format_store(quad, select(float_multiply(x, factor), x, factor == vec4f(1.0)));
  }
}
