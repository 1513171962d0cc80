export type { Chain, RunOptions } from './chain.js';
export { choleskyFactor } from './cholesky.js';
export { createNoiseEngine, type NoiseEngine } from './engine.js';
export type { Format, FormatArray } from './format.js';
export type { Barrier } from './kernel.js';
export type { Matrix } from './matrix.js';
export type {
  AxisMeasureOptions,
  Histogram,
  HistogramOptions,
  Measurement,
  MeasureOptions,
} from './measure.js';
export type { Moments } from './moments.js';
export { type AffineOp, affine } from './ops/affine.js';
export { type BitsOp, bits } from './ops/bits.js';
export { type ClipOp, clip } from './ops/clip.js';
export { type ClipNormOp, clipNorm } from './ops/clipNorm.js';
export { type CustomOp, type CustomReference, custom } from './ops/custom.js';
export { type DiffuseOp, diffuse } from './ops/diffuse.js';
export type { DrawOptions, Mixing, NormalDraw, NormalDrawOptions } from './ops/draw.js';
export { type DropoutOp, dropout } from './ops/dropout.js';
export { type GaussianDropoutOp, gaussianDropout } from './ops/gaussianDropout.js';
export type { Op } from './ops/index.js';
export { type LaplaceOp, laplace } from './ops/laplace.js';
export { type NoiseOp, noise } from './ops/noise.js';
export { type NormalOp, normal } from './ops/normal.js';
export { type PerturbOp, perturb } from './ops/perturb.js';
export { type PoissonOp, poisson } from './ops/poisson.js';
export { type SaltPepperOp, saltPepper } from './ops/saltPepper.js';
export { type SnrOp, snr } from './ops/snr.js';
export { type SpeckleOp, speckle } from './ops/speckle.js';
export { type TruncatedNormalOp, truncatedNormal } from './ops/truncatedNormal.js';
export { type UniformOp, uniform } from './ops/uniform.js';
export { type UniformNoiseOp, uniformNoise } from './ops/uniformNoise.js';
export type { EngineOptions } from './options.js';
export { type Parameter, type PerAxis, perAxis } from './parameter.js';
export type { ChainOptions, PlannedKernel } from './plan.js';
export type { Rounding } from './reference/rounding.js';
export type { Snapshot } from './snapshot.js';
export type { At, Integer, StreamState } from './stream.js';
export type { Range, Target } from './target.js';
export type { Targets, Tensors } from './targets.js';
export type { TextureRange } from './texture/range.js';
export type { TextureSource, TextureTarget } from './texture/target.js';
export { hashWords } from './verify.js';
export type { PerturbOptions } from './weights.js';
