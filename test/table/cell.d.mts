import type { Format } from 'webgpu-noise';

export function makeFinite(format: Format, words: Uint32Array): void;
