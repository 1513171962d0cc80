import type { ReferenceArray } from 'webgpu-noise/reference';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export function opaquePixels(format: 'u8' | 'unorm8' | 'f16' | 'f32', size: Size): ReferenceArray;
export function elementsOf(rgba: ReferenceArray, channels: 3 | 4): ReferenceArray;
export function rgbaOf(elements: ReferenceArray, alpha: ReferenceArray): ReferenceArray;
export function inTexelOrder(textureFormat: GPUTextureFormat, rgba: ReferenceArray): ReferenceArray;
