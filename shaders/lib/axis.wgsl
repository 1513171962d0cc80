// Which number of a parameter that varies along an axis belongs to an element.

#import lib/params

// floor(element / stride) mod size for the quad's four elements, counted from the run's first.
fn axis_index(axis: u32, quad: u32) -> vec4u {
  let a = params.axes[axis];
  let element = vec4u(4u * quad + a.first) + vec4u(0u, 1u, 2u, 3u);
  return (element / vec4u(a.stride)) % vec4u(a.size);
}
