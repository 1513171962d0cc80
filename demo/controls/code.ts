// The code that pages show: how ops and places in the noise are written.

/** Five digits: short enough to read in code, and used as they are read. */
export const short = (value: number) => Number(value.toPrecision(5));

/** Where an engine begins. */
export const writtenPlace = ({
  seed,
  stream,
}: {
  readonly seed: string;
  readonly stream: string;
}) => (stream === '0' ? `seed: ${seed}n` : `seed: ${seed}n, stream: ${stream}n`);

/** An op with its options, those that are given. */
export function writtenOp(op: string, options: { readonly [name: string]: unknown }): string {
  const values = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `${op}({ ${values.join(', ')} })`;
}
