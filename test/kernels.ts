import {
  affine,
  bits,
  clip,
  clipNorm,
  diffuse,
  dropout,
  type Format,
  gaussianDropout,
  laplace,
  noise,
  normal,
  type Op,
  perAxis,
  perturb,
  poisson,
  saltPepper,
  snr,
  speckle,
  truncatedNormal,
  uniform,
  uniformNoise,
} from 'webgpu-noise';
import { formats, isWord, numberFormats } from '../src/format.js';
import { type KernelChoice, kernel, kernelName } from '../src/kernel.js';
import type { Origin } from '../src/link.js';
import { type ChainOptions, DEFAULTS, plan, type Stage } from '../src/plan.js';
import { passKernel, passName } from '../src/reduce/kernel.js';
import type { TextureKernel } from '../src/texture/kernel.js';

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
  [noise(), snr({ db: 3 }), clipNorm({ max: 1 }), noise(), perturb({ std: 1, relative: 'rms' })],
];

/** A matrix of no special kind. */
export function someMatrix(size: number): number[] {
  return Array.from({ length: size * size }, (_, i) => ((7 * i + 3) % 11) / 4 - 1);
}

/** Chains that mix as many channels, along the last axis. */
export const mixedOps: readonly { readonly channels: number; readonly ops: readonly Op[] }[] = [
  { channels: 2, ops: [noise({ channels: someMatrix(2), std: 3 }), noise()] },
  { channels: 3, ops: [normal({ channels: someMatrix(3), std: 9 })] },
  { channels: 4, ops: [clip({ max: 5 }), diffuse({ a: 0.8, b: 0.6, channels: someMatrix(4) })] },
];

/** Chains with parameters or draws that vary over a target of shape [2, 3, …]. */
export const varyingOps: readonly Op[][] = [
  [noise({ mean: perAxis(1, [1, 2, 3]), std: perAxis(0, [0.5, 4]) })],
  [affine({ scale: perAxis(0, [2, -1]) }), clip({ min: perAxis(1, [-1, 0, 1]), max: 2 })],
  [uniform({ low: perAxis(1, [0, 1, 2]), high: 9 }), perturb({ std: perAxis(0, [0, 1]) })],
  [noise({ share: [1], apply: { p: 0.5, axis: 0 } }), speckle({ apply: { p: 0.3 } })],
  [snr({ db: perAxis(0, [3, 9]), axis: [0, 1] }), clipNorm({ max: 2, axis: 1 })],
  [uniform({ share: [0] }), dropout({ rate: 0.5, share: [0, 1] })],
  [
    noise({ share: [0], std: perAxis(1, [1, 2, 3]) }),
    noise(),
    affine({ scale: perAxis(0, [1, 2]) }),
  ],
  [
    noise({ std: perAxis(0, [1, 2]), channels: { matrix: someMatrix(3), axis: 1 }, share: [0] }),
    speckle({ channels: { matrix: someMatrix(2), axis: 0 }, apply: { p: 0.5, axis: 1 } }),
    perturb({ std: 0.5, channels: { matrix: someMatrix(3), axis: 1 } }),
  ],
];

/** Every format of numbers, with every rounding where it has one. */
export const allFormats: readonly (ChainOptions & { readonly format: Format })[] =
  numberFormats.flatMap((format) =>
    formats[format].rounds ? [{ format }, { format, rounding: 'truncate' as const }] : [{ format }],
  );

/** Every pass over groups, in every format and barrier form. */
function passKernels() {
  return numberFormats.flatMap((format) =>
    (['extremes', 'moments', 'histogram', 'exponents', 'squares', 'norm', 'rms'] as const).flatMap(
      (pass) =>
        (['saturate', 'xor'] as const).map((barrier) => {
          const { code, origins } = passKernel(pass, format, barrier);
          return named(passName(pass, format, barrier), code, origins);
        }),
    ),
  );
}

function named(name: string, code: string, origins: readonly Origin[]) {
  return { name, code, files: [...new Set(origins.map(({ path }) => path))] };
}

/** All passes over groups, and one kernel for every op in every format, math, barrier form, and in and out of place. */
export function allKernels() {
  const stages = [...plan([bits()], { format: 'u32' }, DEFAULTS).stages];
  for (const ops of [...allOps, ...varyingOps, ...mixedOps.map(({ ops }) => ops)]) {
    for (const format of allFormats) {
      for (const math of ['exact', 'native'] as const) {
        stages.push(...plan(ops, { ...format, math }, DEFAULTS).stages);
      }
    }
  }
  const chains = stages.flatMap((chain) =>
    (chain.fills ? [false] : [false, true]).flatMap((outOfPlace) =>
      formsOf(chain).map((form) => linked(chain, { ...form, outOfPlace })),
    ),
  );
  // Stages of different chains may be the same.
  const all = [...chains, ...passKernels()];
  return [...new Map(all.map((made) => [made.name + made.code, made])).values()];
}

/** The forms for software are for any range, those for hardware for whole quads or for others; the last are like software's in native math. */
function formsOf({ format, math }: Stage): Pick<KernelChoice, 'barrier' | 'quads'>[] {
  const software = [{ barrier: 'xor' as const }];
  const quads = isWord(format) ? [{ barrier: 'saturate' as const, quads: true }] : [];
  const others = math === 'exact' ? [{ barrier: 'saturate' as const }] : [];
  return [...software, ...quads, ...others];
}

/** The forms for software in one; those for hardware in the other, for NVIDIA's where they store quads. */
function linked(chain: Stage, form: KernelChoice) {
  const hardware = form.quads ? 'words' : 'halves';
  const choice = { ...form, multiply: form.barrier === 'xor' ? 'floats' : hardware } as const;
  const { code, origins } = kernel(chain, choice);
  return named(kernelName(chain, choice), code, origins);
}

/** Every texture format with every format of chains on it. */
export const textureKinds = [
  ['rgba8unorm', 'u8'],
  ['rgba8unorm', 'unorm8'],
  ['bgra8unorm', 'u8'],
  ['bgra8unorm', 'unorm8'],
  ['rgba16float', 'f16'],
  ['rgba32float', 'f32'],
] as const;

/** Kernels of every source with every target, in every texture format and number of channels. */
export function textureKernels(sources: readonly TextureKernel['source'][]) {
  return textureKinds.flatMap(([textureFormat, format]) =>
    sources.flatMap((source) => {
      const { stages } = plan([source === 'nothing' ? normal() : noise()], { format }, DEFAULTS);
      const outOfPlace = source !== 'nothing';
      const toBuffer = source.endsWith('texture') && textureFormat !== 'bgra8unorm';
      const targets = toBuffer ? ([textureFormat, 'buffer'] as const) : ([textureFormat] as const);
      return targets.flatMap((target) =>
        ([3, 4] as const).flatMap((channels) =>
          (target === 'buffer' ? formsOf(stages[0]!) : [{ barrier: 'xor' as const }]).map((form) =>
            linked(stages[0]!, { ...form, outOfPlace, textures: { source, target, channels } }),
          ),
        ),
      );
    }),
  );
}
