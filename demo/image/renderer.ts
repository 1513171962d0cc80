import type { At, Measurement, Op } from 'webgpu-noise';

/** What makes noisy pictures: a GPU, or the CPU where there is none. */
export interface Renderer {
  /** Who does the work, for people. */
  readonly name: string;
  /** Pixels of the largest picture that it takes. */
  readonly maxPixels: number;
  /** Shows what was drawn last. */
  readonly canvas: HTMLCanvasElement;
  /** Takes a picture, or the current frame of a video, as what noise is added to. */
  load(picture: ImageData | HTMLVideoElement): void;
  /** Begins to compile what drawing needs, while there is no picture yet. */
  prepare(ops: readonly Op[]): void;
  /**
   * Draws the picture with noise on the canvas.
   *
   * @param place where in the noise; where the last drawing ended, unless given
   * @param measured whether to measure what is drawn
   * @returns the numbers, if they are asked for
   */
  draw(
    ops: readonly Op[],
    place: Place | undefined,
    measured: boolean,
  ): Promise<Numbers> | undefined;
  /** Waits until what was drawn is done. */
  done(): Promise<void>;
  destroy(): void;
}

export interface Place {
  readonly seed: string;
  readonly stream: string;
}

/** Where a stream begins. */
export function start({ seed, stream }: Place): At {
  return { seed, stream, position: 0 };
}

/** Moments and levels of a picture and of its noise, in grey levels. */
export interface Numbers {
  readonly original: Measurement<number>;
  readonly noisy: Measurement<number>;
  /** Of noisy − original. */
  readonly difference: Measurement<number>;
}

/** A bin for each of the 256 grey levels. */
export const LEVELS = { bins: 256, min: -0.5, max: 255.5 } as const;

/** The peak signal-to-noise ratio in dB, of pictures of 8 bits; Infinity where they are equal. */
export function psnr({ difference: { mean, variance } }: Numbers): number {
  const error = mean ** 2 + variance;
  return 10 * Math.log10(255 ** 2 / error);
}
