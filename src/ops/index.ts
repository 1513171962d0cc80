import { has, show } from '../check.js';
import { type AffineOp, affineKind } from './affine.js';
import { type BitsOp, bitsKind } from './bits.js';
import { type ClipOp, clipKind } from './clip.js';
import { type ClipNormOp, clipNormKind } from './clipNorm.js';
import { type CustomOp, customKind } from './custom.js';
import { type DiffuseOp, diffuseKind } from './diffuse.js';
import { type DropoutOp, dropoutKind } from './dropout.js';
import { type GaussianDropoutOp, gaussianDropoutKind } from './gaussianDropout.js';
import { type LaplaceOp, laplaceKind } from './laplace.js';
import { type NoiseOp, noiseKind } from './noise.js';
import { type NormalOp, normalKind } from './normal.js';
import type { OpKind } from './op.js';
import { type PerturbOp, perturbKind } from './perturb.js';
import { type PoissonOp, poissonKind } from './poisson.js';
import { type SaltPepperOp, saltPepperKind } from './saltPepper.js';
import { type SnrOp, snrKind } from './snr.js';
import { type SpeckleOp, speckleKind } from './speckle.js';
import { type TruncatedNormalOp, truncatedNormalKind } from './truncatedNormal.js';
import { type UniformOp, uniformKind } from './uniform.js';
import { type UniformNoiseOp, uniformNoiseKind } from './uniformNoise.js';

/** One step of a chain: a plain, frozen value, serialisable but for functions (`custom`) and numbers in buffers. */
export type Op =
  | NoiseOp
  | AffineOp
  | CustomOp
  | DiffuseOp
  | DropoutOp
  | GaussianDropoutOp
  | SaltPepperOp
  | SnrOp
  | SpeckleOp
  | UniformNoiseOp
  | LaplaceOp
  | TruncatedNormalOp
  | PoissonOp
  | ClipOp
  | ClipNormOp
  | PerturbOp
  | NormalOp
  | UniformOp
  | BitsOp;

const kinds = new Map<unknown, OpKind<Op>>([
  ['noise', noiseKind],
  ['clip', clipKind],
  ['clipNorm', clipNormKind],
  ['perturb', perturbKind],
  ['affine', affineKind],
  ['custom', customKind],
  ['diffuse', diffuseKind],
  ['dropout', dropoutKind],
  ['gaussianDropout', gaussianDropoutKind],
  ['saltPepper', saltPepperKind],
  ['snr', snrKind],
  ['speckle', speckleKind],
  ['uniformNoise', uniformNoiseKind],
  ['laplace', laplaceKind],
  ['truncatedNormal', truncatedNormalKind],
  ['poisson', poissonKind],
  ['normal', normalKind],
  ['uniform', uniformKind],
  ['bits', bitsKind],
]);

/** What the library knows of an op's kind. @throws {TypeError} when there is no such kind. */
export function kindOf(op: Op): OpKind<Op> {
  const name = has(op, 'op') ? nameOf(op) : op;
  const kind = kinds.get(name);
  if (!kind) {
    throw new TypeError(
      `chain: an op must be made by ${[...kinds.keys()].join(', ')}, got ${show(name)}`,
    );
  }
  return kind;
}

/** An op's name; one that cannot be read has none. */
function nameOf(op: { readonly op: unknown }): unknown {
  try {
    return op.op ?? op;
  } catch {
    return op;
  }
}
