// The way from elements to something there is fewer of: places along an axis, or samples that several
// elements share. The CPU's is src/indices.ts.

#import lib/params

// The indices of the quad's four elements: each element's number is taken apart from its fastest digit on,
// and each digit counts with a stride.
fn indices_quad(map: u32, quad: u32) -> vec4u {
  let m = params.indices[map];
  var rest = vec4u(4u * quad + m.first) + vec4u(0u, 1u, 2u, 3u);
  var index = vec4u(m.base);
  for (var digit = 0u; digit < m.digits; digit++) {
    index += (rest % vec4u(m.sizes[digit])) * m.strides[digit];
    rest /= vec4u(m.sizes[digit]);
  }
  return index;
}
