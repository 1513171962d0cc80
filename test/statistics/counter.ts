import { createNoiseEngine } from 'webgpu-noise';
import { USAGE } from '../../src/buffer.js';
import type { Barrier } from '../../src/kernel.js';
import { link } from '../../src/link.js';
import { shaders } from '../../src/shaders.js';
import { CELL_BITS, type Cells, equalCells, evenCells } from './cells.js';
import type { FormatUnderTest } from './formats.js';
import { TAILS } from './tails.js';

const files = import.meta.glob('./wgsl/*.wgsl', { query: '?raw', import: 'default', eager: true });

/** What a kernel of this folder leaves open: the format of elements, the form of barriers. */
interface Choices {
  readonly element?: FormatUnderTest['name'];
  readonly barrier?: Barrier;
}

/** A kernel of this folder with all it imports. */
export function testKernel(name: string, { element, barrier }: Choices): string {
  const chosen: Record<string, string> = {
    element: `${element}`,
    barrier: `lib/barrier/${barrier}`,
    multiply: 'lib/philox/halves',
  };
  const find = (wanted: string) => {
    const file = chosen[wanted] ?? wanted;
    const path = `./wgsl/${file}.wgsl`;
    const text = files[path] as string | undefined;
    return text === undefined ? shaders.get(file) : { path, text };
  };
  return link(name, find).code;
}

/** Which elements make a tuple: i, i + gap and i + 2·gap for i = first, first + step, … */
export interface Tuples {
  readonly members: 1 | 2 | 3;
  readonly first: number;
  readonly step: number;
  readonly gap: number;
}

export const LAGS = 64;

/** Rows of four lags each, 0 to 67, and words of elements in a tile: see wgsl/products.wgsl. */
const ROWS = 17;
const TILE = 4096;

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** Keys rise as their numbers do: the CPU twin of shaders/lib/key.wgsl. */
function keyOf(x: number): number {
  single[0] = x;
  const bits = singleBits[0]!;
  return (bits ^ (bits >= 2 ** 31 ? 0xffffffff : 0x80000000)) >>> 0;
}

const START_SHIFT = 14;

/** What wgsl/cells.wgsl finds cells by. */
function tablesOf({ limits }: Cells) {
  const keys = Uint32Array.of(...Array.from(limits, keyOf), 2 ** 32 - 1);
  const starts = new Uint32Array(2 ** (32 - START_SHIFT));
  for (let start = 0, cell = 0; start < starts.length; start++) {
    while (keys[cell]! <= start * 2 ** START_SHIFT) cell++;
    starts[start] = cell;
  }
  return { keys, starts };
}

/**
 * Counts elements of a format on the GPU, into whole numbers that are kept there until they are read.
 * No element is read back.
 */
export function createCounter(device: GPUDevice, format: FormatUnderTest) {
  const engine = createNoiseEngine(device);
  const made: GPUBuffer[] = [];

  function make(data: Uint32Array | number, usage = USAGE.STORAGE | USAGE.COPY_SRC) {
    const size = typeof data === 'number' ? data : data.byteLength;
    const buffer = device.createBuffer({ size, usage: usage | USAGE.COPY_DST });
    if (typeof data !== 'number')
      device.queue.writeBuffer(buffer, 0, data as Uint32Array<ArrayBuffer>);
    made.push(buffer);
    return buffer;
  }

  function kernel(name: string) {
    const module = device.createShaderModule({
      label: name,
      code: testKernel(name, { element: format.name }),
    });
    return device.createComputePipeline({ label: name, layout: 'auto', compute: { module } });
  }

  const kernels = {
    histogram: kernel('histogram'),
    levels: kernel('levels'),
    products: kernel('products'),
    tails: kernel('tails'),
  };

  function run(name: keyof typeof kernels, buffers: readonly GPUBuffer[], x: number, y = 1) {
    const pipeline = kernels[name];
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const layout = pipeline.getBindGroupLayout(0);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(x, y);
    pass.end();
    device.queue.submit([encoder.finish()]);
  }

  const uniforms = new Map<string, GPUBuffer>();

  /** A buffer of these words, made once. */
  function uniform(...words: number[]): GPUBuffer {
    const key = words.join();
    const found = uniforms.get(key) ?? make(Uint32Array.from(words), USAGE.UNIFORM);
    uniforms.set(key, found);
    return found;
  }

  function bound(cells: Cells) {
    const { keys, starts } = tablesOf(cells);
    return [make(keys), make(starts)] as const;
  }

  const equal = equalCells(format);
  const even = evenCells(format);
  const tables = { equal: bound(equal), even: bound(even) };
  /** Levels are 128 of the even cells. */
  const drop = (format.name === 'u8' ? 8 : CELL_BITS) - 7;

  return {
    cells: { equal, even },
    /** Of the even cells, lower bits that levels take no notice of. */
    drop,

    histogram(name: keyof typeof tables, tuples: Tuples) {
      const counts = make(new Uint32Array(2 ** CELL_BITS));
      const { members, first, step, gap } = tuples;
      const bits = CELL_BITS / members;
      return {
        /** Adds the tuples of `count` elements; the second and third member are of the other buffer. */
        add(elements: GPUBuffer, others: GPUBuffer, count: number) {
          const size = Math.floor((count - first - (members - 1) * gap - 1) / step) + 1;
          const params = uniform(size, first, step, gap, members, bits, CELL_BITS - bits, 0);
          const buffers = [...tables[name], params, elements, others, counts];
          run('histogram', buffers, Math.ceil(size / (256 * 64)));
        },
        async read() {
          return Float64Array.from(await engine.read(counts, { format: 'u32' }));
        },
      };
    },

    /** Room for the levels of as many elements, and the zeros after them. */
    levels: (count: number) => make(new Uint32Array(count / 4 + ROWS)),

    /** Writes the levels of elements. */
    toLevels(elements: GPUBuffer, levels: GPUBuffer, count: number) {
      const buffers = [...tables.even, uniform(count, drop, 0, 0), elements, levels];
      run('levels', buffers, Math.ceil(count / 4 / 256));
    },

    products() {
      const sums = make(new Uint32Array(2 * 4 * ROWS));
      let tiles = 0;
      const products = new Float64Array(LAGS + 1);
      return {
        /** Adds the products of elements and the other ones at lags 0 to 64 after them, by their levels. */
        add(levels: GPUBuffer, others: GPUBuffer, count: number) {
          const size = Math.ceil(count / 4 / TILE);
          run(
            'products',
            [uniform(count / 4, 0, 0, 0), levels, others, sums],
            Math.ceil(size / 64),
            ROWS,
          );
          tiles += size;
          for (const lag of products.keys()) products[lag]! += count - lag;
        },
        /** The sums, and how many products each is of. */
        async read() {
          const words = await engine.read(sums, { format: 'u32' });
          const found = products.map((_, lag) => {
            return words[2 * lag]! + words[2 * lag + 1]! * 2 ** 32 - tiles * 2 ** 31;
          });
          return { sums: found, products: products.slice() };
        },
      };
    },

    tails() {
      const counts = make(new Uint32Array(6));
      const numbers = Float32Array.of(0, format.mean, 0, 0, ...TAILS.map((n) => n * format.std), 0);
      return {
        add(elements: GPUBuffer, count: number) {
          const words = new Uint32Array(numbers.slice().buffer);
          words[0] = count;
          run(
            'tails',
            [uniform(...words), elements, counts],
            Math.ceil((count * format.bytes) / 2 ** 16),
          );
        },
        async read() {
          return Float64Array.from(await engine.read(counts, { format: 'u32' }));
        },
      };
    },

    destroy() {
      for (const buffer of made) buffer.destroy();
      engine.destroy();
    },
  };
}

export type Counter = ReturnType<typeof createCounter>;
