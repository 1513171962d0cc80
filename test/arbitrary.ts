import fc from 'fast-check';
import {
  affine,
  clip,
  diffuse,
  dropout,
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

const small = fc.float({ min: -9, max: 9, noNaN: true });
const size = fc.float({ min: 0, max: 99, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const steps: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ mean: small, std: size }).map(noise),
  fc
    .record({
      std: fc.float({ min: 0, max: 9, noNaN: true }),
      relative: fc.constantFrom('none', 'weight'),
      sign: fc.constantFrom(1, -1),
    } as const)
    .map(perturb),
  fc
    .tuple(fc.float({ noNaN: true }), fc.float({ noNaN: true }))
    .map(([a, b]) => clip({ min: Math.min(a, b), max: Math.max(a, b) })),
  fc.record({ mean: small, std: size }).map(speckle),
  fc.record({ scale: small, shift: small }).map(affine),
  fc.record({ a: small, b: small }).map(diffuse),
  fc.record({ rate: fc.double({ min: 0, max: 0.999, noNaN: true }) }).map(dropout),
  fc.record({ p: share, ratio: share, low: small, high: small }).map(saltPepper),
  fc.record({ low: small, high: fc.constant(10) }).map(uniformNoise),
  fc.record({ mean: small, scale: size }).map(laplace),
  fc
    .tuple(small, size, small, fc.float({ min: 2 ** -20, max: 20, noNaN: true }))
    .map(([mean, std, low, width]) => truncatedNormal({ mean, std, low, high: low + width })),
  fc.record({ scale: fc.float({ min: 2 ** -9, max: 99, noNaN: true }) }).map(poisson),
);
const sources: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ mean: small, std: size }).map(normal),
  fc.constantFrom(uniform(), uniform({ low: -3, high: 5 })),
);
/** Any chain of up to five ops on numbers. */
export const chains: fc.Arbitrary<Op[]> = fc
  .tuple(fc.option(sources, { nil: undefined }), fc.array(steps, { minLength: 1, maxLength: 4 }))
  .map(([source, rest]) => (source ? [source, ...rest] : rest));
/** Any place in the noise, and those where its counter carries or wraps. */
export const places = fc.record({
  seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  stream: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  position: fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 66n - 1n }),
    fc.constantFrom(2n ** 34n - 9n, 2n ** 65n - 2n, 2n ** 66n - 7n),
  ),
});
/** A tensor's shape, of up to 1500 elements, and the axes that are kept. */
export const shapes = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
  .filter((shape) => shape.reduce((all, length) => all * length) <= 1500)
  .chain((shape) => fc.tuple(fc.constant(shape), fc.subarray([...shape.keys()], { minLength: 1 })));
