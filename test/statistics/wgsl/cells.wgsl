// Which cell a number lies in, of cells that end at rising limits.

#import lib/key

// The keys of the limits, rising, and then 0xffffffff, which is no number's.
@group(0) @binding(0) var<storage, read> cells_limits: array<u32>;
// How many limits are not above the least number that has these 18 upper bits of its key.
@group(0) @binding(1) var<storage, read> cells_starts: array<u32>;

const CELLS_START_SHIFT = 14u;

// How many limits are not above x.
fn cells_of(x: f32) -> u32 {
  let key = key_of(bitcast<u32>(x));
  var cell = cells_starts[key >> CELLS_START_SHIFT];
  while (cells_limits[cell] <= key) {
    cell++;
  }
  return cell;
}
