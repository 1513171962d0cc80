// The ten scores of a digit, by one copy of the weights, and whether the highest is that of the digit.

override STRIDE: u32;
override UNITS: u32;
override CLASSES: u32;
// Where in a copy the part from units to scores begins.
override START: u32;
// Digits, and how many of the first are shown, whose guesses are wanted.
override COUNT: u32;
override SHOWN: u32;

@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read> units: array<f32>;
@group(0) @binding(2) var<storage, read_write> scores: array<f32>;
// For each copy, how many digits it tells right; then its guesses for those that are shown.
@group(0) @binding(3) var<storage, read_write> results: array<atomic<u32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let digit = id.x;
  let copy = id.y;
  if (digit < COUNT) {
    let row = copy * COUNT + digit;
    let first = copy * STRIDE + START;
    var guess = 0u;
    var highest = 0.0;
    for (var score = 0u; score < CLASSES; score++) {
      var sum = weights[first + UNITS * CLASSES + score];
      for (var unit = 0u; unit < UNITS; unit++) {
        sum += units[row * UNITS + unit] * weights[first + unit * CLASSES + score];
      }
      scores[row * CLASSES + score] = sum;
      if (score == 0u || sum > highest) {
        guess = score;
        highest = sum;
      }
    }
    if (guess == digit % CLASSES) {
      atomicAdd(&results[copy], 1u);
    }
    if (digit < SHOWN) {
      atomicStore(&results[groups.y + copy * SHOWN + digit], guess);
    }
  }
}
