// A network of 2 inputs, two layers of 12 units with tanh, and one score. Its weights are the units of the
// first layer, one after the other, each with its bias last; those of the second; and those of the score.

const UNITS = 12u;

@group(0) @binding(0) var<storage, read> weights: array<f32>;

// The score of a point by the weights from `first` on.
fn network_score(first: u32, point: vec2f) -> f32 {
  var layer: array<f32, UNITS>;
  for (var unit = 0u; unit < UNITS; unit++) {
    let at = first + 3u * unit;
    layer[unit] = tanh(weights[at] * point.x + weights[at + 1u] * point.y + weights[at + 2u]);
  }
  var at = first + 3u * UNITS;
  var next: array<f32, UNITS>;
  for (var unit = 0u; unit < UNITS; unit++) {
    next[unit] = tanh(network_sum(at, &layer));
    at += UNITS + 1u;
  }
  return network_sum(at, &next);
}

fn network_sum(at: u32, inputs: ptr<function, array<f32, UNITS>>) -> f32 {
  var sum = weights[at + UNITS];
  for (var unit = 0u; unit < UNITS; unit++) {
    sum += weights[at + unit] * (*inputs)[unit];
  }
  return sum;
}
