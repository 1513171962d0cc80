import { parseArgs } from 'node:util';
import { recipes } from './index.js';

export const HELP = `Runs the recipes: uses of noise, from beginning to end.

Usage: npm run recipes -- [names] [flags]

  names    recipes to run, such as montecarlo (default: all)
  --list   prints the names
  --help   this text

Ctrl-C stops.`;

/** What the command line asks for. */
export interface Flags {
  readonly names: readonly string[];
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
    options: {},
    strict: false,
    allowPositionals: true,
  });
  for (const name of Object.keys(values)) {
    if (name === 'list' || name === 'help' || name === 'h') continue;
    throw new RangeError(`a flag must be one of --list, --help, got --${name}`);
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
    list: values.list !== undefined,
    help: values.help !== undefined || values.h !== undefined,
  };
}
