// Exact sums of the products of elements[i] and others[i + lag], for lags 0 to 67. Both are signed bytes,
// four to a word, with 17 words of zeros after the last one.

struct Params {
  words: u32, // of elements, without the zeros
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> elements: array<u32>;
@group(0) @binding(2) var<storage, read> others: array<u32>;
// For each lag the low and the high word of the sum, to which each invocation has added BIAS.
@group(0) @binding(3) var<storage, read_write> sums: array<atomic<u32>>;

const TILE = 4096u; // words: their products, 2^14 for each lag, are below 2^14 each
const BIAS = 0x80000000u;

fn sum_add(lag: u32, sum: i32) {
  let biased = bitcast<u32>(sum) + BIAS;
  let before = atomicAdd(&sums[2u * lag], biased);
  if (before + biased < before) {
    atomicAdd(&sums[2u * lag + 1u], 1u);
  }
}

// Each invocation takes four neighbouring lags: others, shifted by bytes, beside a tile of elements.
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let start = id.x * TILE;
  let end = min(start + TILE, params.words);
  if (start >= end) {
    return;
  }
  var sum = vec4i();
  var low = others[start + id.y];
  for (var i = start; i < end; i++) {
    let element = elements[i];
    let high = others[i + id.y + 1u];
    sum += vec4i(
      dot4I8Packed(element, low),
      dot4I8Packed(element, (low >> 8u) | (high << 24u)),
      dot4I8Packed(element, (low >> 16u) | (high << 16u)),
      dot4I8Packed(element, (low >> 24u) | (high << 8u)),
    );
    low = high;
  }
  for (var shift = 0u; shift < 4u; shift++) {
    sum_add(4u * id.y + shift, sum[shift]);
  }
}
