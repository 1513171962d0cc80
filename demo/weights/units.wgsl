// What the hidden units give: an invocation reckons four units, for one digit by one copy of the weights.

// Floats from one copy to the next, and of its part from pixels to units.
override STRIDE: u32;
override PIXELS: u32;
override UNITS: u32;

@group(0) @binding(0) var<storage, read> digits: array<u32>;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> units: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let quads = UNITS / 4u;
  let words = PIXELS / 4u;
  let digit = id.x / quads;
  let quad = id.x % quads;
  let count = arrayLength(&digits) / words;
  if (digit < count) {
    let first = id.y * (STRIDE / 4u) + quad;
    var sum = vec4f();
    for (var at = 0u; at < words; at++) {
      let word = digits[digit * words + at];
      // Most pixels are dark.
      if (word != 0u) {
        let light = unpack4x8unorm(word);
        let row = first + 4u * at * quads;
        sum += light.x * weights[row] + light.y * weights[row + quads] +
          light.z * weights[row + 2u * quads] + light.w * weights[row + 3u * quads];
      }
    }
    let biases = weights[first + PIXELS * quads];
    units[(id.y * count + digit) * quads + quad] = max(sum + biases, vec4f());
  }
}
