import { normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';

/** The points' kinds, and how the page calls them. */
export const shapes = { moons: 'Two moons', spirals: 'Two spirals' } as const;

export type Shape = keyof typeof shapes;

/** A point in the square from −1.5 to 1.5, and which of two kinds it is of. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly kind: 0 | 1;
}

export const POINTS = 128;

/** Standard deviation by which the points are off their curves. */
const JITTER = 0.06;

/** Points along two curves, a little off them: the same each time. */
export function pointsOf(shape: Shape): Point[] {
  const off = new Float32Array(2 * POINTS);
  createReferenceEngine()
    .chain([normal({ std: JITTER })])
    .run(off);
  return Array.from({ length: POINTS }, (_, index) => {
    const kind = (index % 2) as 0 | 1;
    const along = Math.floor(index / 2) / (POINTS / 2);
    const [x, y] = curves[shape](along, kind);
    return { x: x + off[2 * index]!, y: y + off[2 * index + 1]!, kind };
  });
}

/** A place on the curve of a kind: the second is the first, turned by half a turn. */
const curves: { readonly [S in Shape]: (along: number, kind: 0 | 1) => [number, number] } = {
  moons(along, kind) {
    const angle = Math.PI * along;
    const radius = kind ? -0.8 : 0.8;
    return [radius * (Math.cos(angle) - 0.5), radius * (Math.sin(angle) - 0.25)];
  },
  spirals(along, kind) {
    const angle = 2 * Math.PI * along + kind * Math.PI;
    const radius = 0.15 + along;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
};
