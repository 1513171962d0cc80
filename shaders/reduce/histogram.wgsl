// How many numbers lie between each two neighbouring edges, the lower one included, below the first edge
// and above the last; the last edge itself counts to the last bin. NaN is not counted.

#import lib/key
#import lib/reduce/measure

// The keys of the edges, rising: one more than bins.
@group(0) @binding(4) var<storage, read> histogram_edges: array<u32>;

const HISTOGRAM_MOST = 1026u; // below, at most 1024 bins, above

var<workgroup> histogram_counts: array<atomic<u32>, HISTOGRAM_MOST>;

fn reduction_begin(group: u32) {}

fn reduction_add(bits: u32) {
  if (key_is_nan(bits)) {
    return;
  }
  let key = key_of(select(bits, 0u, bits == 0x80000000u)); // -0 is 0
  // How many edges are not above the number.
  var low = 0u;
  var high = walk.bins + 1u;
  while (low < high) {
    let middle = (low + high) / 2u;
    if (histogram_edges[middle] <= key) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  let last = low > walk.bins && key == histogram_edges[walk.bins];
  atomicAdd(&histogram_counts[select(low, walk.bins, last)], 1u);
}

fn reduction_end(group: u32, lane: u32, lanes: u32) {
  workgroupBarrier();
  for (var bin = lane; bin < walk.bins + 2u; bin += lanes) {
    let count = atomicLoad(&histogram_counts[bin]);
    if (count > 0u) {
      atomicAdd(&record_words[record_at(group, MEASURE_BINS + bin)], count);
    }
  }
}
