import { createCPUProver } from './cpu.js';
import { BLOCK } from './proof.js';

/** An element that is not what it must be, in words. */
export interface Difference {
  readonly element: number;
  readonly expected: number;
  readonly received: number;
}

/** The first element of a block in which it differs from the CPU reference. */
export async function firstDifference(
  block: number,
  received: Uint32Array,
): Promise<Difference | undefined> {
  const reference = createCPUProver();
  const expected = await reference.words(block);
  reference.destroy();
  const index = expected.findIndex((word, i) => word !== received[i]);
  if (index < 0) return undefined;
  return {
    element: block * BLOCK + index,
    expected: expected[index]!,
    received: received[index]!,
  };
}
