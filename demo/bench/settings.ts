/** What is to be measured. */
export interface Settings {
  /** Names of the suite's rows. */
  readonly rows: readonly string[];
  /** The largest size is 2^most elements. */
  readonly most: number;
  /** That the turns of a row take together at each size, where three turns are not longer. */
  readonly seconds: number;
}

/** The suite's rows that the page offers, and how it calls them. */
export const rowNames: { readonly [row: string]: string } = {
  fill: 'Normals',
  uniform: 'Uniforms',
  add: 'Add noise',
  clip: 'Noise and clip',
  'clip-u8': 'The same on bytes',
  chain8: 'Eight ops',
};

/** Elements, as powers of two: ends of what may be asked for, and the step between sizes. */
export const LEAST = 10;
export const MOST = 26;
const STEP = 4;

/** A GPU is busy only with large buffers; a processor in its place shows the same with small ones. */
export const defaultsFor = (isSoftware: boolean): Settings =>
  isSoftware
    ? { rows: ['fill', 'clip'], most: 18, seconds: 0.2 }
    : { rows: ['fill', 'add', 'clip', 'clip-u8'], most: 24, seconds: 1 };

/** Numbers of elements, from small to large. */
export function sizesOf({ most }: Settings): number[] {
  const sizes = [];
  for (let power = most; power >= LEAST; power -= STEP) sizes.unshift(2 ** power);
  return sizes;
}

/** Settings from an address; what it does not say, or says wrongly, is as it is by default. */
export function fromQuery(query: string, defaults: Settings): Settings {
  const given = new URLSearchParams(query);
  const asked = given.get('rows')?.split(',') ?? [];
  const rows = Object.keys(rowNames).filter((name) => asked.includes(name));
  const most = Number(given.get('most') ?? Number.NaN);
  const seconds = Number(given.get('seconds') ?? Number.NaN);
  return {
    rows: rows.length > 0 ? rows : defaults.rows,
    most: Number.isInteger(most) && most >= LEAST && most <= MOST ? most : defaults.most,
    seconds: seconds > 0 && seconds <= 60 ? seconds : defaults.seconds,
  };
}

/** What an address must say for these settings: what is not as it is by default. */
export function toQuery(settings: Settings, defaults: Settings): string {
  const query = Object.entries(settings)
    .filter(([name, value]) => String(value) !== String(defaults[name as keyof Settings]))
    .map(([name, value]) => `${name}=${value}`);
  return query.length > 0 ? `?${query.join('&')}` : '';
}
