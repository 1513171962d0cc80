// Which elements of the target's binding belong to the piece.

#import lib/params

// Whether all of the quad's elements belong to the piece, as they do but for its first and last quad.
fn target_whole(quad: u32) -> bool {
  return 4u * quad >= params.begin && 4u * quad + 4u <= params.end;
}

// Which of the quad's four elements belong to the piece. All are below 2^30: signed comparisons are cheaper on
// some CPUs.
fn target_inside(quad: u32) -> vec4<bool> {
  let element = bitcast<vec4i>(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u));
  let begin = vec4i(bitcast<i32>(params.begin));
  let end = vec4i(bitcast<i32>(params.end));
  return (element >= begin) & (element < end);
}
