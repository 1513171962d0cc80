// TypeGPU's noise package: WGSL functions for kernels of one's own.
import { recorder } from '../kernel.mjs';

export const typegpu = {
  name: '@typegpu/noise',
  kind: 'peer',
  package: '@typegpu/noise',
  does: ['fill'],
  differs:
    'randf.normal in a kernel of ours: xoroshiro64** seeded by hashing the index, 23 bits to a uniform, the sine half of Box–Muller only, native math; the same bits on no two drivers',
  async load() {
    const { default: tgpu } = await import('typegpu');
    const { randf } = await import('@typegpu/noise');
    const text = tgpu.resolve({
      template: KERNEL,
      externals: { seed_index: randf.seed2, draw_normal: randf.normal },
    });
    return {
      tasks: {
        async fill({ device, elements, target }) {
          const record = await recorder(device, text, [target], 4 * elements);
          return { record, output: () => first(device, target, elements, record) };
        },
      },
    };
  },
};

/** Four normals to an invocation, so that seeding, which costs most, is shared. */
const KERNEL = `
@group(0) @binding(0) var<storage, read_write> normals: array<vec4f>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 256u + id.x;
  if (i < arrayLength(&normals)) {
    seed_index(vec2f(f32(i & 0xffffu), f32(i >> 16u)));
    let a = draw_normal(0.0, 1.0);
    let b = draw_normal(0.0, 1.0);
    let c = draw_normal(0.0, 1.0);
    normals[i] = vec4f(a, b, c, draw_normal(0.0, 1.0));
  }
}`;

/** The first of what one run makes. */
async function first(device, target, elements, record) {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  record(pass);
  pass.end();
  device.queue.submit([encoder.finish()]);
  const size = 4 * Math.min(elements, 2 ** 20);
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const staging = device.createBuffer({ size, usage });
  const copy = device.createCommandEncoder();
  copy.copyBufferToBuffer(target, 0, staging, 0, size);
  device.queue.submit([copy.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(staging.getMappedRange().slice(0));
  staging.destroy();
  return values;
}
