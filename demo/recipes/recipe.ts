/** What a recipe is run with. */
export interface Setup {
  /** The device that the framework and the noise engine share. */
  readonly device: GPUDevice;
  /** A whole number that decides all that is random. */
  readonly seed: number;
  /** Stops the recipe at its next step, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how much of the recipe is done, from 0 to 1. */
  progress(done: number): void;
}

/** What a recipe found: numbers for its claim, and a figure to look at. */
export interface Outcome {
  readonly numbers: { readonly [name: string]: number };
  readonly figure: Figure;
}

/** A point of a curve or a cloud. */
export type Point = readonly [x: number, y: number];

/** A picture of values from 0 to 1, row by row, `channels` to a pixel. */
export interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly values: ArrayLike<number>;
}

/** What the page of recipes draws. */
export type Figure =
  | {
      readonly kind: 'curves' | 'dots';
      readonly x: string;
      readonly y: string;
      readonly series: readonly { readonly name: string; readonly points: readonly Point[] }[];
    }
  | {
      readonly kind: 'bars';
      readonly y: string;
      readonly bars: readonly { readonly name: string; readonly value: number }[];
    }
  | { readonly kind: 'pictures'; readonly pictures: readonly Picture[] };

/** A use of noise, from beginning to end. */
export interface Recipe {
  /** What the noise is used for, in a few words. */
  readonly title: string;
  /** What the recipe shows, in one sentence that its numbers can contradict. */
  readonly claim: string;
  /** Loads the recipe's module, and with it the framework that it needs. */
  load(): Promise<{ run(setup: Setup): Promise<Outcome> }>;
}
