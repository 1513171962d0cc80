export function randomNormalModel(elements: number): Uint8Array;
export function doublingModel(elements: number): Uint8Array;
