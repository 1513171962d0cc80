// A whole chain into all channels of a texture: each invocation does the quad of elements of one pixel.

#import barrier
#import lib/params
#import texture/target

override workgroup: u32 = 256u;

@compute @workgroup_size(workgroup)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  barrier_zero = params.zero;
  let pixel = params.begin / 4u + id.y * groups.x * workgroup + id.x;
  if (4u * pixel < params.end) {
    texture_store(pixel, texture_quad(pixel));
  }
}
