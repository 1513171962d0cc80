import type { CustomReference } from 'webgpu-noise';

export const references: {
  readonly [name in 'stairs' | 'chiSquare' | 'coin']: CustomReference;
};
