// The command line of `npm run bench`.
import { flagsOf, someOf } from '../.ci/flags.mjs';
import { rows } from './suite/index.mjs';

export const HELP = `Measures webgpu-noise beside what else makes noise on a GPU.

Usage: npm run bench -- [flags]        in Node, on Dawn
       npm run bench:deno -- [flags]   in Deno, on wgpu; name a driver with VK_DRIVER_FILES

  --only ROWS      rows to measure, such as fill,clip (default: all)
  --sizes SIZES    numbers of elements for every row, such as 2^20,2^24 or 2^10..2^28 (every other power)
                   (default: 2^22, for some rows more)
  --alone          without the yardsticks: the library, its limits, and its own kernels unfused
  --seconds N      that the turns of one contest take together (default 4); three turns at least
  --minutes N      starts nothing more after so long, and says what was left out (default: no end)
  --out FOLDER     where the results go, as <date>-<adapter>-<runtime>.json and .svg
                   (default bench/results)
  --json           prints the results as JSON instead of tables
  --help           this text

Ctrl-C stops after the sample that is being taken and keeps what was measured.

Rows:
${rows.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`).join('\n')}`;

/** 2^28 elements of f32 are 1 GiB, the most that one run's kernels bind. */
const LARGEST = 28;

/**
 * @returns `only`, `sizes`, `alone`, `seconds`, `minutes`, `out`, `json`, `help`; what was not given is undefined
 * @throws {RangeError} in one sentence: which flag, what it must be, what it was
 */
export function readFlags(args) {
  const { only, sizes, alone, seconds, minutes, out, json, help } = flagsOf(args, {
    valued: ['only', 'sizes', 'seconds', 'minutes', 'out'],
    alone: ['alone', 'json'],
  }).values;
  const known = rows.map(({ name }) => name);
  return {
    only: only && someOf('--only', only, known),
    sizes: sizes && sizesOf(sizes),
    alone,
    seconds: seconds && positive('--seconds', seconds),
    minutes: minutes && positive('--minutes', minutes),
    out,
    json,
    help,
  };
}

function sizesOf(text) {
  const [, from, to] = text.match(/^2\^(\d+)\.\.2\^(\d+)$/) ?? [];
  const powers = from
    ? Array.from({ length: Math.max(0, (to - from) / 2 + 1) }, (_, i) => Number(from) + 2 * i)
    : text.split(',').map((each) => Number(each.match(/^2\^(\d+)$/)?.[1] ?? NaN));
  const right = powers.length > 0 && powers.every((power) => power >= 10 && power <= LARGEST);
  if (right) return [...new Set(powers)].sort((a, b) => a - b).map((power) => 2 ** power);
  throw new RangeError(
    `--sizes must be powers such as 2^20,2^24 or 2^10..2^28, from 2^10 to 2^${LARGEST}, got ` +
      JSON.stringify(text),
  );
}

function positive(flag, text) {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value > 0) return value;
  throw new RangeError(`${flag} must be a number > 0, got ${JSON.stringify(text)}`);
}
