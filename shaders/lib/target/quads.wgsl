// The target as quads of one-word elements, so that 16 bytes are stored at a time: the form for hardware, whose
// compilers may not put four stores together that are each held to the end of the binding.
// The binding holds whole quads, whatever the piece's range is. WGSL lets a store to one component touch the
// other three: they are the same invocation's, and dispatches that share a buffer are ordered.

#import lib/target/range

@group(0) @binding(1) var<storage, read_write> target_quads: array<vec4u>;

fn target_store_whole(quad: u32, words: vec4u) {
  target_quads[quad] = words;
}

fn target_store_some(quad: u32, words: vec4u, inside: vec4<bool>) {
  if (inside.x) { target_quads[quad].x = words.x; }
  if (inside.y) { target_quads[quad].y = words.y; }
  if (inside.z) { target_quads[quad].z = words.z; }
  if (inside.w) { target_quads[quad].w = words.w; }
}
