// Draws that are mixed across channels: the z of channel c is the sum over k of matrix[c, k] * z of channel k
// at the same place along all other axes.

#import barrier
#import lib/float
#import lib/indices
#import lib/params
#import lib/scattered

// Standard normals, mixed by the matrix whose first column is `column`. `map` leads from an element to its
// own sample; those of the other channels are whole steps away.
fn mixed_normal(draw: u32, channels: u32, column: u32, map: u32, quad: u32) -> vec4f {
  let step = params.indices[map].step;
  let samples = indices_quad(map, quad);
  let channel = (samples / step) % channels;
  var z = scattered_normals(draw, samples - channel * step, step, channels);
  var sum = vec4f();
  for (var k = 0u; k < channels; k++) {
    let factors = params.columns[column + k];
    let row = vec4f(
      factors[channel.x],
      factors[channel.y],
      factors[channel.z],
      factors[channel.w],
    );
    sum = barrier_quad(sum + float_flush(barrier_quad(row * z[k])));
  }
  return float_flush(sum);
}
