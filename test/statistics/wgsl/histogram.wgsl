// Counts elements by their cells, or pairs or triples of elements by the cells of each.
// A tuple is elements[i], others[i + gap], others[i + 2 gap], where i = first + step * tuple.

#import cells
#import element

struct Params {
  tuples: u32,
  first: u32,
  step: u32,
  gap: u32,
  members: u32, // 1, 2 or 3
  bits: u32,    // of a member's cell that count
  drop: u32,    // lower bits of a cell that do not
}

@group(0) @binding(2) var<uniform> params: Params;
@group(0) @binding(3) var<storage, read> elements: array<u32>;
@group(0) @binding(4) var<storage, read> others: array<u32>;
@group(0) @binding(5) var<storage, read_write> counts: array<atomic<u32>>;

const LANES = 256u;
const EACH = 64u;

fn member_cell(word: u32, index: u32) -> u32 {
  return cells_of(element_of(word, index % ELEMENTS_IN_WORD)) >> params.drop;
}

fn tuple_cell(tuple: u32) -> u32 {
  var index = params.first + params.step * tuple;
  var cell = member_cell(elements[index / ELEMENTS_IN_WORD], index);
  for (var member = 1u; member < params.members; member++) {
    index += params.gap;
    cell = (cell << params.bits) | member_cell(others[index / ELEMENTS_IN_WORD], index);
  }
  return cell;
}

// Counts go straight to memory: on SwiftShader, that takes a quarter of the time of counting in the
// workgroup first.
@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let start = group.x * LANES * EACH + lane;
  for (var i = 0u; i < EACH; i++) {
    let tuple = start + i * LANES;
    if (tuple < params.tuples) {
      atomicAdd(&counts[tuple_cell(tuple)], 1u);
    }
  }
}
