import { describe, expect, it } from 'vitest';
import { affine, clip, dropout, noise, normal, type Op, perturb, speckle } from 'webgpu-noise';
import { spreadSamples } from '../../src/draws.js';
import { type Format, formats, isWord, numberFormats } from '../../src/format.js';
import { type KernelChoice, kernel } from '../../src/kernel.js';
import { packParams, paramsBytes } from '../../src/params.js';
import { pieces } from '../../src/pieces.js';
import { DEFAULTS, plan } from '../../src/plan.js';
import { testDevice } from './device.js';

const { device, buffer, read } = await testDevice();

const COUNT = 4096;

/** A kernel that counts the words it reads and writes, in a buffer of its own. */
function counting(code: string): string {
  const counters =
    '@group(0) @binding(7) var<storage, read_write> accesses: array<atomic<u32>, 2>;';
  return `${counters}\n${code}`
    .replace(/(fn source_word\(index: u32\) -> u32 \{)/, '$1 atomicAdd(&accesses[0], 1u);')
    .replace(/return target_quads/, 'atomicAdd(&accesses[0], 4u); $&')
    .replace(
      /target_words\[[^\]]*\] = |target_quads\[quad\]\.[xyzw] = /g,
      'atomicAdd(&accesses[1], 1u); $&',
    )
    .replace(/target_quads\[quad\] = /g, 'atomicAdd(&accesses[1], 4u); $&');
}

/** Words that a chain reads and writes for COUNT elements. */
async function accesses(
  ops: readonly Op[],
  format: (typeof numberFormats)[number],
  choice: KernelChoice,
) {
  const { outOfPlace } = choice;
  const { stages } = plan(ops, { format }, DEFAULTS);
  expect(stages).toHaveLength(1);
  const stage = stages[0]!;
  const { bytes } = formats[format];
  const range = (data: GPUBuffer) => ({ buffer: data, offset: 0, count: COUNT });
  const [to, from] = [0, 1].map(() => buffer(new Uint8Array(COUNT * bytes))) as [
    GPUBuffer,
    GPUBuffer,
  ];
  const used = outOfPlace ? { target: range(to), source: range(from) } : { target: range(to) };
  const [piece] = pieces(used, bytes, 256, device.limits);
  const { samples } = spreadSamples('test', stage, [{ count: COUNT }]);
  const packed = new ArrayBuffer(paramsBytes(stage));
  packParams(stage, { piece: piece!, varying: [], samples: samples[0]! }, packed, 0);
  const uniforms = device.createBuffer({
    size: packed.byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  device.queue.writeBuffer(uniforms, 0, packed);
  const module = device.createShaderModule({ code: counting(kernel(stage, choice).code) });
  const pipeline = device.createComputePipeline({
    layout: 'auto',
    compute: { module, entryPoint: 'main' },
  });
  const counters = buffer(new Uint32Array(2));
  const entries = [
    { binding: 0, resource: { buffer: uniforms } },
    { binding: 1, resource: { buffer: to } },
    ...(outOfPlace ? [{ binding: 2, resource: { buffer: from } }] : []),
    { binding: 7, resource: { buffer: counters } },
  ];
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(...piece!.workgroups);
  pass.end();
  device.queue.submit([encoder.finish()]);
  const [reads, writes] = await read(counters, 'u32');
  return { reads: (4 * reads!) / COUNT, writes: (4 * writes!) / COUNT };
}

/** The forms of a format's kernels: for software, and for hardware. */
const formsOf = (format: Format, outOfPlace: boolean): KernelChoice[] => [
  { barrier: 'xor', outOfPlace },
  { barrier: 'saturate', outOfPlace, quads: isWord(format) },
];

/** Eight ops, fused. */
const eight = [
  noise(),
  affine({ scale: 2 }),
  speckle(),
  clip({ min: -9 }),
  dropout({ rate: 0.1 }),
  perturb({ std: 1 }),
  affine({ shift: 1 }),
  clip({ max: 9 }),
];

describe.each(numberFormats)('a chain of %s', (format) => {
  const { bytes } = formats[format];

  it(`reads and writes ${bytes} bytes per element, however many ops there are`, async () => {
    for (const ops of [[noise()], [noise(), clip({ min: 0 })], eight]) {
      for (const form of [false, true].flatMap((outOfPlace) => formsOf(format, outOfPlace))) {
        expect(await accesses(ops, format, form)).toEqual({ reads: bytes, writes: bytes });
      }
    }
  });

  it('reads nothing where it fills', async () => {
    for (const form of formsOf(format, false)) {
      expect(await accesses([normal(), clip({ min: 0 })], format, form)).toEqual({
        reads: 0,
        writes: bytes,
      });
    }
  });
});
