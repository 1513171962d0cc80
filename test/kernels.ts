import {
  affine,
  bits,
  clip,
  diffuse,
  dropout,
  type Format,
  gaussianDropout,
  laplace,
  noise,
  normal,
  type Op,
  perturb,
  poisson,
  saltPepper,
  speckle,
  truncatedNormal,
  uniform,
  uniformNoise,
} from 'webgpu-noise';
import { formats, numberFormats } from '../src/format.js';
import { kernel, kernelName } from '../src/kernel.js';
import { type ChainOptions, DEFAULTS, plan } from '../src/plan.js';

/** Chains that between them hold every op on numbers. */
export const allOps: readonly Op[][] = [
  [noise()],
  [clip({ max: 1 })],
  [perturb({ std: 1 })],
  [perturb({ std: 1, relative: 'weight' })],
  [normal(), clip({ min: 0 })],
  [uniform(), noise()],
  [uniformNoise({ low: -3 }), speckle({ mean: 0.5 })],
  [gaussianDropout({ rate: 0.3 })],
  [dropout({ rate: 0.3 })],
  [saltPepper({ p: 0.3, ratio: 0.2, high: 200 })],
  [affine({ scale: -1.7, shift: 3 })],
  [diffuse({ a: 0.8, b: 0.6 })],
  [laplace({ mean: 0.1, scale: 3 })],
  [truncatedNormal({ std: 3 }), truncatedNormal({ low: 5, high: 6 })],
  [poisson({ scale: 0.3 })],
];

/** Every format of numbers, with every rounding where it has one. */
export const allFormats: readonly (ChainOptions & { readonly format: Format })[] =
  numberFormats.flatMap((format) =>
    formats[format].rounds ? [{ format }, { format, rounding: 'truncate' as const }] : [{ format }],
  );

/** One kernel for every op in every format, math, barrier form, and in and out of place. */
export function allKernels() {
  const plans = [plan([bits()], { format: 'u32' }, DEFAULTS)];
  for (const ops of allOps) {
    for (const format of allFormats) {
      for (const math of ['exact', 'native'] as const) {
        plans.push(plan(ops, { ...format, math }, DEFAULTS));
      }
    }
  }
  return plans.flatMap((chain) =>
    (chain.math === 'exact' ? (['saturate', 'xor'] as const) : (['xor'] as const)).flatMap(
      (barrier) =>
        (chain.fills ? [false] : [false, true]).map((outOfPlace) => {
          const choice = { barrier, outOfPlace };
          const { code, origins } = kernel(chain, choice);
          const files = [...new Set(origins.map(({ path }) => path))];
          return { name: kernelName(chain, choice), code, files };
        }),
    ),
  );
}
