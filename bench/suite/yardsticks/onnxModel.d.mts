export function randomNormalModel(elements: number): Uint8Array;
export function doublingModel(elements: number): Uint8Array;
export function networkModel(
  rows: number,
  sizes: readonly number[],
  weights: readonly ArrayLike<number>[],
): Uint8Array;
