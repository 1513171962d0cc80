// Uniforms into a buffer: what Philox alone costs. They need no logarithm or sine, so exact and native
// math differ in barriers only.
import { source } from './fill.mjs';

export const uniform = {
  name: 'uniform',
  title: 'fill f32 with uniforms',
  bytes: (elements) => ({ read: 0, written: 4 * elements }),
  contestants: (bench) => source(bench, bench.library.uniform(), 'f32', 4),
};

export const uniformHalves = {
  name: 'uniform-f16',
  title: 'fill f16 with uniforms',
  bytes: (elements) => ({ read: 0, written: 2 * elements }),
  contestants: (bench) => source(bench, bench.library.uniform(), 'f16', 2),
};

export const uniformBytes = {
  name: 'uniform-u8',
  title: 'fill u8 with uniforms in [0, 255)',
  bytes: (elements) => ({ read: 0, written: elements }),
  contestants: (bench) => source(bench, bench.library.uniform({ high: 255 }), 'u8', 1),
};
