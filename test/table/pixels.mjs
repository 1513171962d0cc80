// Pixels as elements of a format: red, green, blue and alpha, row by row.
import { FORMATS } from './cell.mjs';

const ONE = { u8: 255, unorm8: 255, f16: 0x3c00, f32: 1 };

/** RGBA elements that are black and opaque. */
export function opaquePixels(format, { width, height }) {
  const { Elements } = FORMATS[format];
  return new Elements(4 * width * height).map((_, i) => (i % 4 === 3 ? ONE[format] : 0));
}

/** The elements that a chain sees of RGBA elements: three of a pixel, or all four. */
export function elementsOf(rgba, channels) {
  return channels === 4 ? rgba.slice() : rgba.filter((_, i) => i % 4 !== 3);
}

/** RGBA elements of those that a chain gave, with alpha from elsewhere where it gave none. */
export function rgbaOf(elements, alpha) {
  if (elements.length === alpha.length) return elements.slice();
  const rgba = alpha.slice();
  for (const [i, element] of elements.entries()) rgba[Math.floor(i / 3) * 4 + (i % 3)] = element;
  return rgba;
}

/** RGBA elements in the order of a texture's texels, or back: the same swap. */
export function inTexelOrder(textureFormat, rgba) {
  if (textureFormat !== 'bgra8unorm') return rgba;
  return rgba.map((element, i) => {
    const channel = i % 4;
    if (channel === 0) return rgba[i + 2];
    return channel === 2 ? rgba[i - 2] : element;
  });
}
