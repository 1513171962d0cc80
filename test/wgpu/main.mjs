// Runs in Deno: does the job in the file that is its argument on wgpu, and prints the results as JSON.
// It imports the built package, as a user would.
import * as index from '../../dist/index.js';
import { createReferenceEngine } from '../../dist/reference/index.js';
import { checkPart, FEATURES } from '../table/check.mjs';

const { bits, createNoiseEngine, hashWords } = index;

const job = JSON.parse(await Deno.readTextFile(Deno.args[0]));
const adapter = await navigator.gpu.requestAdapter();
if (!adapter) throw new Error('wgpu finds no adapter');
const device = await adapter.requestDevice({ requiredFeatures: FEATURES });
const errors = [];
device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));

const STORAGE = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
const engine = createNoiseEngine(device);

/** Compiles a kernel and returns what the compiler says of it. */
async function compile({ name, code }) {
  const module = device.createShaderModule({ code });
  const { messages } = await module.getCompilationInfo();
  return messages.map(({ type, message }) => `${name}: ${type}: ${message}`);
}

/** A list of ranges of the given counts, one after the other. */
function listOf(buffer, offset, counts) {
  let next = offset;
  return counts.map((count) => {
    next += count;
    return { buffer, offset: next - count, count };
  });
}

/** Runs a chain over a buffer, piece by piece, and hashes the hashes of the pieces. */
async function hashChain({ ops, options, barrier, at, count, pieces, size, start, ...where }) {
  const { offset, from, cut } = where;
  const chain = createNoiseEngine(device, { barrier }).chain(ops, options);
  const hashes = new Uint32Array(pieces);
  for (let piece = 0; piece < pieces; piece++) {
    const buffer = device.createBuffer({ size, usage: STORAGE });
    if (start === 'random bits') engine.chain([bits()], { format: 'u32' }).run(buffer, { at });
    const position = BigInt(at.position) + BigInt(piece * count);
    const target = cut ? listOf(buffer, offset, cut) : { buffer, offset, count };
    if (from === undefined) chain.run(target, { at: { ...at, position } });
    else {
      const source = device.createBuffer({ size, usage: STORAGE });
      engine.chain([bits()], { format: 'u32' }).run(source, { at: { position: 0 } });
      const pair = { source: { buffer: source, offset: from, count }, target };
      chain.run(pair, { at: { ...at, position } });
    }
    hashes[piece] = hashWords(await engine.read(buffer, { format: 'u32' }));
    buffer.destroy();
  }
  await chain.ready();
  return hashWords(hashes);
}

/** Runs the tests' own kernel over pairs of words. */
async function hashPairs(code) {
  const words = Uint32Array.from(job.pairs);
  const input = device.createBuffer({ size: words.byteLength, usage: STORAGE });
  const output = device.createBuffer({ size: words.byteLength, usage: STORAGE });
  const zero = device.createBuffer({ size: 16, usage: GPUBufferUsage.UNIFORM });
  device.queue.writeBuffer(input, 0, words);
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  const entries = [input, output, zero].map((buffer, binding) => ({
    binding,
    resource: { buffer },
  }));
  const layout = pipeline.getBindGroupLayout(0);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
  pass.dispatchWorkgroups(Math.ceil(words.length / 2 / 64));
  pass.end();
  device.queue.submit([encoder.finish()]);
  return hashWords(await engine.read(output, { format: 'u32' }));
}

/** Measures a buffer of a chain's elements after other ops, which may measure, too. */
async function measureChain({ ops, options, size, range, wanted, next }) {
  const buffer = device.createBuffer({ size, usage: STORAGE });
  createNoiseEngine(device).chain(ops, options).run(buffer);
  const { format } = options;
  engine.chain(next, { format }).run({ buffer, ...range }, { at: { position: 0 } });
  const measured = await engine.measure({ buffer, ...range }, { format, ...wanted });
  return JSON.stringify(measured, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value));
}

const messages = [];
for (const kernel of job.kernels) messages.push(...(await compile(kernel)));
const pairs = [];
for (const code of job.pairKernels) pairs.push(await hashPairs(code));
const chains = [];
for (const chain of job.chains) chains.push(await hashChain(chain));
const measurements = [];
for (const measure of job.measures) measurements.push(await measureChain(measure));
const hashes = JSON.parse(
  await Deno.readTextFile(new URL('../table/hashes.json', import.meta.url)),
);
const table = [];
for (const { part, barrier } of job.table) {
  const library = { ...index, createReferenceEngine };
  table.push(await checkPart(device, library, hashes, part, { barrier }));
}
const { vendor, architecture, description } = device.adapterInfo ?? adapter.info;
const name = [vendor, architecture, description].filter(Boolean).join(' ');
const results = { adapter: name, messages, pairs, chains, measurements, table, errors };
console.log(JSON.stringify(results));
Deno.exit(0);
