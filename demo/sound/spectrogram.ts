import FFT from 'fft.js';

/** Levels over time and frequency. */
export interface Spectrogram {
  /** Points in time, equally spaced. */
  readonly columns: number;
  /** Frequencies, equally spaced from 0 on; half the rate would be the next one. */
  readonly bins: number;
  /** dB, column after column: 0 for a sine of full scale. */
  readonly levels: Float32Array;
}

/** Seconds of sound that a column tells of, about: short enough for syllables, long enough for pitch. */
const WINDOW = 0.023;

/** Below it everything is silence. */
const FLOOR = 1e-12;

/** The spectrogram of a sound, with beyond its ends silence. */
export function spectrogramOf(samples: Float32Array, rate: number, columns: number): Spectrogram {
  const size = 2 ** Math.round(Math.log2(WINDOW * rate));
  const bins = size / 2;
  const fft = new FFT(size);
  // Hann's window. It sums to size / 2, and half of a sine's amplitude is in each of its two frequencies.
  const window = Float64Array.from(
    { length: size },
    (_, i) => (4 / size) * Math.sin((Math.PI * (i + 0.5)) / size) ** 2,
  );
  const part = new Float64Array(size);
  const spectrum = new Float64Array(2 * size);
  const levels = new Float32Array(columns * bins);
  for (let column = 0; column < columns; column++) {
    const first = Math.round(((column + 0.5) / columns) * samples.length - size / 2);
    for (let i = 0; i < size; i++) part[i] = window[i]! * (samples[first + i] ?? 0);
    fft.realTransform(spectrum, part);
    for (let bin = 0; bin < bins; bin++) {
      const power = spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2;
      levels[column * bins + bin] = 10 * Math.log10(power + FLOOR);
    }
  }
  return { columns, bins, levels };
}
