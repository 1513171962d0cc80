// How wrong each copy of the network is: a workgroup finds the mean cross entropy over all points, and how
// many points are on the right side.

override WEIGHTS: u32;

// x, y, and which side: -1 or 1.
@group(0) @binding(1) var<storage, read> points: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> losses: array<vec2f>;

var<workgroup> found: array<vec2f, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let copy = group.x;
  let count = arrayLength(&points);
  var sum = vec2f();
  for (var index = local; index < count; index += 64u) {
    let point = points[index];
    let margin = point.z * network_score(copy * WEIGHTS, point.xy);
    // ln(1 + e^-margin), in a form that does not overflow.
    let loss = max(-margin, 0) + log(1 + exp(-abs(margin)));
    sum += vec2f(loss, select(0.0, 1.0, margin > 0));
  }
  found[local] = sum;
  workgroupBarrier();
  if (local == 0u) {
    var total = vec2f();
    for (var each = 0u; each < 64u; each++) {
      total += found[each];
    }
    losses[copy] = vec2f(total.x / f32(count), total.y);
  }
}
