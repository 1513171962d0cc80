import { link } from './link.js';
import { shaders } from './shaders.js';

/** A file of `shaders/` with all it imports, for people's own kernels. */
function text(name: string, choices: Record<string, string> = {}): string {
  return link(name, (wanted) => shaders.get(choices[wanted] ?? wanted)).code;
}

/**
 * WGSL: `philox_4x32(counter: vec4u, key: vec2u) -> vec4u`, four random words
 * of 32 bits (J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
 * https://doi.org/10.1145/2063384.2063405). The override `philox_rounds` is 10 unless a pipeline sets it to 7.
 */
export const philoxWGSL: string = text('lib/philox', { multiply: 'lib/philox/halves' });

/**
 * WGSL: `normal_pair(w0: u32, w1: u32) -> vec2f`, two standard normals of two random words, in exact
 * math, at most 6.7637 in magnitude: w0 gives the radius, w1 the angle (G. E. P. Box, M. E. Muller, 1958,
 * https://doi.org/10.1214/aoms/1177706645); and `normal_pairs(words: vec4u) -> vec4f`, those of all words of
 * a block side by side. Set `barrier_zero = …` from a uniform that holds 0 at the start of `main`, so that no
 * compiler can fuse what must stay apart.
 */
export const normalWGSL: string = text('lib/normal/exact', { barrier: 'lib/barrier/saturate' });

/** WGSL: the functions of `normalWGSL` with the driver's own log, sqrt, sin and cos: other bits on other devices. */
export const normalNativeWGSL: string = text('lib/normal/native');
