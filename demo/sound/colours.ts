/** Shades of the map. */
const SHADES = 256;

/**
 * A map from 0 to 1 to colours that looks even, for lightness rises with the value at an even pace: from
 * dark blue over red to light yellow in the colour space Oklch, which browsers convert.
 *
 * @returns red, green, blue and 255 of each shade, in bytes
 */
export function createShades(): Uint8ClampedArray {
  const canvas = Object.assign(document.createElement('canvas'), { width: SHADES, height: 1 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('the canvas must have a 2D context, got none');
  for (let i = 0; i < SHADES; i++) {
    const t = i / (SHADES - 1);
    const lightness = 0.12 + 0.84 * t;
    // None at the ends, where there is hardly any to be had.
    const chroma = 0.02 + 0.16 * Math.sin(Math.PI * t ** 0.8);
    const hue = 285 + 175 * t;
    context.fillStyle = `oklch(${lightness} ${chroma} ${hue % 360})`;
    context.fillRect(i, 0, 1, 1);
  }
  return context.getImageData(0, 0, SHADES, 1).data;
}

/** Where in the map a value from 0 to 1 is; what is beyond goes to its ends. */
export const shadeAt = (value: number) =>
  4 * Math.round((SHADES - 1) * Math.min(1, Math.max(0, value)));
