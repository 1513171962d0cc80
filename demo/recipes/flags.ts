import { parseArgs } from 'node:util';
import { recipes, SEED } from './index.js';

export const HELP = `Runs the recipes: uses of noise, from beginning to end.

Usage: npm run recipes -- [names] [flags]

  names         recipes to run, such as montecarlo (default: all)
  --seed WHOLE  decides all that is random (default ${SEED}); claims are tested with the default
  --list        prints the names
  --help        this text

Ctrl-C stops.`;

/** What the command line asks for. */
export interface Flags {
  readonly names: readonly string[];
  readonly seed: number;
  readonly list: boolean;
  readonly help: boolean;
}

/**
 * Reads the command line, without the program's name.
 *
 * @throws {RangeError} in one sentence: what is asked for, what there is
 */
export function readFlags(args: readonly string[]): Flags {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { seed: { type: 'string', default: String(SEED) } },
    strict: false,
    allowPositionals: true,
  });
  for (const name of Object.keys(values)) {
    if (['seed', 'list', 'help', 'h'].includes(name)) continue;
    throw new RangeError(`a flag must be one of --seed, --list, --help, got --${name}`);
  }
  if (!/^\d{1,9}$/.test(String(values.seed))) {
    throw new RangeError(`--seed must be a whole number of up to nine digits, got ${values.seed}`);
  }
  const names = Object.keys(recipes);
  for (const name of positionals) {
    if (names.includes(name)) continue;
    throw new RangeError(
      `a recipe must be one of ${names.join(', ')}, got ${JSON.stringify(name)}`,
    );
  }
  return {
    names: positionals.length > 0 ? [...new Set(positionals)] : names,
    seed: Number(values.seed),
    list: values.list !== undefined,
    help: values.help !== undefined || values.h !== undefined,
  };
}
