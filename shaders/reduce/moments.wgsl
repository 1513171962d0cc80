// The second pass, after extremes: sums of powers, exact. Each element becomes a whole number t of 64 bits, its
// distance from the least one, scaled so that that of the largest one has its highest bit set; m is t's
// upper word. The sums are those of t, m, m^2, m^3 and m^4. A group with NaN or infinity has none.

#import lib/fixed
#import lib/reduce/measure
#import lib/wide

struct MomentsFrame {
  finite: bool,
  scale: u32,
  lowest: vec2u,
  up: u32,
}

var<private> moments_frame: MomentsFrame;
var<private> moments_sums: array<Wide, 5>;

fn reduction_begin(group: u32) {
  let extremes = measure_extremes(group);
  let scale = measure_scale(group);
  let lowest = fixed_of(extremes.y, scale);
  let range = fixed_minus(fixed_of(extremes.x, scale), lowest);
  let up = min(fixed_leading_zeros(range), 63u);
  moments_frame = MomentsFrame(measure_is_finite(group), scale, lowest, up);
  moments_sums = array<Wide, 5>();
}

fn reduction_add(bits: u32) {
  if (!moments_frame.finite) {
    return;
  }
  let distance = fixed_minus(fixed_of(bits, moments_frame.scale), moments_frame.lowest);
  let t = fixed_shift(distance, moments_frame.up);
  let m = t.y;
  let m2 = wide_multiply(m, m);
  let m3 = vec4u(wide_times_2(m2, m), 0u);
  moments_sums[0] = wide_add(moments_sums[0], vec4u(t, 0u, 0u));
  moments_sums[1] = wide_add(moments_sums[1], vec4u(m, 0u, 0u, 0u));
  moments_sums[2] = wide_add(moments_sums[2], vec4u(m2, 0u, 0u));
  moments_sums[3] = wide_add(moments_sums[3], m3);
  moments_sums[4] = wide_add(moments_sums[4], wide_times(m3, m));
}

fn reduction_end(group: u32, lane: u32, lanes: u32) {
  for (var i = 0u; i < 5u; i++) {
    let sum = moments_sums[i];
    record_add(MEASURE_SUMS + 5u * i, 5u, array(sum.low.x, sum.low.y, sum.low.z, sum.low.w, sum.high));
  }
  workgroupBarrier();
  if (lane < 5u) {
    record_add_group(group, MEASURE_SUMS + 5u * lane, 5u);
  }
}
