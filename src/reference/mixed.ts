/** The CPU twin of shaders/lib/mixed.wgsl. */
import { floatFlush } from './float.js';

const { fround: round } = Math;

/**
 * A row of a matrix times the channels' normals in f32.
 *
 * @param matrix column after column
 * @param row counts from 0
 */
export function mixed(z: readonly number[], matrix: readonly number[], row: number): number {
  const size = z.length;
  const sum = z.reduce((t, value, k) => {
    return round(t + floatFlush(round(matrix[size * k + row]! * value)));
  }, 0);
  return floatFlush(sum);
}
