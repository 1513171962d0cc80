export interface Yardstick {
  readonly name: string;
}

export const boxMuller: Yardstick;
