// What exact math costs: the same work in exact and in native math, in turns, medians and their ratio.
// Runs on the built package in Node (Dawn) and in Deno (wgpu): see README.md.
import { clip, createNoiseEngine, noise, normal } from '../dist/index.js';

const COUNT = 2 ** 22; // elements
const TURNS = 31;

const device = await (navigatorDevice() ?? nodeDevice());
const { vendor, architecture, description } = device.adapterInfo;
const engine = createNoiseEngine(device, { seed: 42 });
const buffer = device.createBuffer({ size: 4 * COUNT, usage: GPUBufferUsage.STORAGE });

const work = {
  'fill f32 with normals': [[normal()], { format: 'f32' }],
  'add noise to f32': [[noise({ std: 0.37 })], { format: 'f32' }],
  'add noise to u8 and clip': [[noise({ std: 50 }), clip({ min: 0, max: 255 })], { format: 'u8' }],
};

console.log(`${vendor} ${architecture} ${description}, '${engine.barrier}' barriers`);
for (const [name, [ops, options]] of Object.entries(work)) {
  const [exact, native] = await measure(ops, options, ['exact', 'native']);
  const ratio = (exact / native).toFixed(3);
  console.log(
    `${name}: exact ${speed(exact)}, native ${speed(native)}, exact costs ${ratio} x native`,
  );
}
buffer.destroy();
engine.destroy();
device.destroy();

/** Median seconds per run of each kind of math. */
async function measure(ops, options, maths) {
  const chains = maths.map((math) => engine.chain(ops, { ...options, math }));
  for (const chain of chains) await chain.ready();
  const seconds = maths.map(() => []);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [index, chain] of chains.entries()) {
      const start = performance.now();
      chain.run({ buffer, offset: 0, count: COUNT });
      await device.queue.onSubmittedWorkDone();
      seconds[index].push((performance.now() - start) / 1000);
    }
  }
  return seconds.map((values) => values.sort((a, b) => a - b)[TURNS >> 1]);
}

function speed(seconds) {
  return `${(COUNT / seconds / 1e6).toFixed(0)} M elements/s`;
}

function navigatorDevice() {
  return globalThis.navigator?.gpu?.requestAdapter().then((adapter) => adapter.requestDevice());
}

async function nodeDevice() {
  const { requestDevice } = await import('../dist/node/index.js');
  return requestDevice();
}
