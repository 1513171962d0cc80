// Levels of elements, four to a word: element by element the odd number 2 level - 127 as a signed byte,
// where the level, 0 to 127, is the upper bits of its cell.

#import cells
#import element

struct Params {
  count: u32,
  drop: u32, // lower bits of a cell that do not count
}

@group(0) @binding(2) var<uniform> params: Params;
@group(0) @binding(3) var<storage, read> elements: array<u32>;
@group(0) @binding(4) var<storage, read_write> levels: array<u32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (4u * id.x >= params.count) {
    return;
  }
  var packed = 0u;
  for (var place = 0u; place < 4u; place++) {
    let index = 4u * id.x + place;
    let cell = cells_of(element_of(elements[index / ELEMENTS_IN_WORD], index % ELEMENTS_IN_WORD));
    let level = 2 * i32(cell >> params.drop) - 127;
    packed |= (bitcast<u32>(level) & 0xffu) << (8u * place);
  }
  levels[id.x] = packed;
}
