// What one call of `encode` costs the host, once everything is compiled and bound.
import { compile } from '../kernel.mjs';
import { VARIANTS } from '../ours.mjs';
import { countsOf } from './perturb.mjs';

/** Calls to a sample. */
const CALLS = 256;
const LIST_CALLS = 16;

/** Samples' worth of calls whose GPU objects are counted. */
const WATCHED = 4;

const ELEMENTS = 2 ** 10;

export const encode = {
  name: 'encode',
  title: 'host time of encode, per call',
  sizes: () => [ELEMENTS],
  bytes: () => ({ read: 0, written: 0 }),
  async contestants(bench) {
    const { device, library } = bench;
    // An engine of its own: another's room for uniforms has grown with what was recorded before.
    const engine = library.createNoiseEngine(device, { seed: 42 });
    const target = { buffer: await bench.buffer(4 * ELEMENTS), count: ELEMENTS };
    const ops = [library.noise({ std: 0.1 }), library.clip({ min: 0, max: 1 })];
    const list = [];
    for (const count of countsOf(2 ** 18)) {
      list.push({ buffer: await bench.buffer(4 * count), count });
    }
    const calls = (name, target, options, most = CALLS) => ({
      name,
      kind: 'ours',
      open: () => open(device, engine.chain(ops, options), target, most),
    });
    return [
      ...VARIANTS.map(({ name, ...options }) => calls(name, target, options)),
      calls('a list of 200 tensors', list, {}, LIST_CALLS),
      { name: 'the same WebGPU calls', kind: 'limit', open: () => bare(device, target.buffer) },
    ];
  },
};

async function open(device, chain, target, most) {
  await chain.ready();
  const host = (pass) => chain.encode(pass, target);
  return { host, most, facts: () => ({ created: countCreated(device, host, WATCHED * most) }) };
}

/** Names of the device's objects that calls in steady state make, and how many. */
function countCreated(device, host, calls) {
  const created = {};
  const names = [];
  for (const name in device) if (/^create/.test(name)) names.push(name);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  for (const name of names) {
    const method = device[name];
    device[name] = (...args) => {
      created[name] = (created[name] ?? 0) + 1;
      return method.apply(device, args);
    };
  }
  try {
    for (let call = 0; call < calls; call++) host(pass);
  } finally {
    for (const name of names) delete device[name];
  }
  pass.end();
  encoder.finish();
  return { calls, ...created };
}

/** What any such call must do: write its uniforms, set pipeline and bind group, dispatch. */
async function bare(device, buffer) {
  const BYTES = 256; // of uniforms: those of a chain of two ops, aligned
  const { UNIFORM, COPY_DST } = GPUBufferUsage;
  const uniforms = device.createBuffer({ size: CALLS * BYTES, usage: UNIFORM | COPY_DST });
  const visibility = GPUShaderStage.COMPUTE;
  const layout = device.createBindGroupLayout({
    entries: [
      { binding: 0, visibility, buffer: { type: 'storage' } },
      { binding: 1, visibility, buffer: { type: 'uniform', hasDynamicOffset: true } },
    ],
  });
  const pipeline = await compile(
    device,
    NOTHING,
    device.createPipelineLayout({ bindGroupLayouts: [layout] }),
  );
  const group = device.createBindGroup({
    layout,
    entries: [
      { binding: 0, resource: { buffer } },
      { binding: 1, resource: { buffer: uniforms, size: BYTES } },
    ],
  });
  const numbers = new Uint32Array(BYTES / 4);
  let call = 0;
  return {
    most: CALLS,
    host(pass) {
      const offset = (call++ % CALLS) * BYTES;
      device.queue.writeBuffer(uniforms, offset, numbers);
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group, [offset]);
      pass.dispatchWorkgroups(1);
    },
    close: () => uniforms.destroy(),
  };
}

const NOTHING = `
@group(0) @binding(0) var<storage, read_write> words: array<u32>;
@group(0) @binding(1) var<uniform> number: u32;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  words[id.x] = number;
}`;
