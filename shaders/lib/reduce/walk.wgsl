// The elements of a group: those of a tensor at one index along the axes that are kept.
// Packed by src/reduce/walk.ts.

#import format
#import lib/params

struct Walk {
  zero: u32,       // 0, unknown to the compiler: see lib/barrier
  first: u32,      // first of the range's elements in the piece
  end: u32,        // one past its last
  shift: u32,      // added (modulo 2^32) to an element's index to find it in the source's binding
  groups: u32,     // groups of the range
  size: u32,       // elements of a group
  parts: u32,      // workgroups of a group
  neighbours: u32, // 1 where four elements of a group that start at a multiple of 4 lie side by side
  record: u32,     // words of a group's record
  bins: u32,       // bins of the histogram
  limit: u32,      // the largest norm, as bits of an f32
  base: u32,       // the record of group 0
  // (length, stride) of the axes, innermost first: four that are kept, four that are not.
  axes: array<vec4u, 8>,
}

@group(0) @binding(0) var<uniform> walk: Walk;

// Whether all elements of a group lie side by side: then no place takes divisions to find.
override walk_contiguous: bool = false;

const WALK_LANES = vec4u(0u, 1u, 2u, 3u);

struct WalkQuad {
  bits: vec4u,          // of the numbers as f32
  inside: vec4<bool>,   // whether they belong to the group and the piece
}

// Where index `index` along four axes is, in elements.
fn walk_place(index: u32, first_axis: u32) -> u32 {
  var rest = index;
  var place = 0u;
  for (var axis = first_axis; axis < first_axis + 4u; axis++) {
    let length = walk.axes[axis].x;
    place += (rest % length) * walk.axes[axis].y;
    rest /= length;
  }
  return place;
}

fn walk_load(element: u32) -> vec4f {
  params.source_offset = element + walk.shift;
  return format_load(0u);
}

// Four elements of the group that begins at element `origin`, in the order of their places.
fn walk_quad(origin: u32, quad: u32) -> WalkQuad {
  let index = vec4u(4u * quad) + WALK_LANES;
  var place = vec4u(origin) + index;
  if (!walk_contiguous) {
    place = vec4u(origin + walk_place(index.x, 4u)) + WALK_LANES;
  }
  var x = walk_load(place.x);
  if (!walk_contiguous && walk.neighbours == 0u) {
    place.y = origin + walk_place(index.y, 4u);
    place.z = origin + walk_place(index.z, 4u);
    place.w = origin + walk_place(index.w, 4u);
    x = vec4f(x.x, walk_load(place.y).x, walk_load(place.z).x, walk_load(place.w).x);
  }
  let inside = (place >= vec4u(walk.first)) & (place < vec4u(walk.end));
  return WalkQuad(bitcast<vec4u>(x), inside & (index < vec4u(walk.size)));
}
