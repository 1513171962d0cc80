// The words of the target, and writes that never leave the piece's range.

#import lib/params

@group(0) @binding(1) var<storage, read_write> target_words: array<u32>;

// Whether all of the quad's elements belong to the piece, as they do but for its first and last quad.
fn target_whole(quad: u32) -> bool {
  return 4u * quad >= params.begin && 4u * quad + 4u <= params.end;
}

// Which of the quad's four elements belong to the piece.
fn target_inside(quad: u32) -> vec4<bool> {
  let element = vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u);
  return (element >= vec4u(params.begin)) & (element < vec4u(params.end));
}
