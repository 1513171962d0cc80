// A whole chain into the colors of a texture: each invocation does the three quads of elements that make
// up four neighbouring pixels. Rows follow each other without gaps, as in a buffer.

#import alpha
#import barrier
#import lib/params
#import texture/target

override workgroup: u32 = 256u;

fn store(pixel: u32, color: vec3f) {
  texture_store(pixel, vec4f(color, alpha_of(pixel)));
}

@compute @workgroup_size(workgroup)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  barrier_zero = params.zero;
  let pixel = params.begin / 3u + 4u * (id.y * groups.x * workgroup + id.x);
  if (3u * pixel < params.end) {
    let quad = pixel / 4u * 3u;
    let a = texture_quad(quad);
    let b = texture_quad(quad + 1u);
    let c = texture_quad(quad + 2u);
    store(pixel, a.xyz);
    store(pixel + 1u, vec3f(a.w, b.xy));
    store(pixel + 2u, vec3f(b.zw, c.x));
    store(pixel + 3u, c.yzw);
  }
}
