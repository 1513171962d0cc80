// What the host tells a kernel about one piece of one run; packed by src/params.ts.
// The numbers of ops, of draws, of index maps and of matrix columns, OPS, DRAWS, INDICES and COLUMNS, are
// written by the planner; each is at least 1.

struct DrawParams {
  block: vec2u, // block of the first sample: that of element 0 of the binding, or the draw's first: low, high
  lane: u32,    // lane of that sample in its block, 0 to 3
  p: f32,       // for a draw that decides whether an op is applied: how probable that is
  ahead: vec4u, // what Philox makes of all but the block's low word: see lib/philox
}

struct IndexParams {
  sizes: vec4u,   // of the digits, the fastest first
  strides: vec4u, // what each digit counts
  digits: u32,    // how many there are
  first: u32,     // element at element 0 of the target's binding, modulo the product of the sizes
  base: u32,      // added to the index
  step: u32,      // from an index to that of the next channel, for draws that mix them
}

struct Params {
  key: vec2u,         // seed: low, high
  stream: vec2u,      // stream: low, high
  begin: u32,         // first element of the piece, counted from the start of the target's binding
  end: u32,           // one past its last element
  source_offset: u32, // added (modulo 2^32) to an element's index to find it in the source's binding
  zero: u32,          // 0, unknown to the compiler: see lib/barrier
  ops: array<vec4f, OPS>, // each op's own numbers, in the order of its function
  draws: array<DrawParams, DRAWS>,
  indices: array<IndexParams, INDICES>,
  columns: array<vec4f, COLUMNS>, // of the matrices by which draws are mixed
}

@group(0) @binding(0) var<uniform> params: Params;
