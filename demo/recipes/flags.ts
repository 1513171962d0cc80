import { flagsOf, oneOf, whole } from '../../.ci/flags.mjs';
import { recipes, SEED } from './index.js';

export const HELP = `Runs the recipes: uses of noise, from beginning to end.

Usage: npm run recipes -- [names] [flags]

  names         recipes to run, such as montecarlo (default: all)
  --seed WHOLE  decides all that is random, 0 to 2^32 - 1 (default ${SEED}, with which claims are tested)
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
  const { values, others } = flagsOf(args, { valued: ['seed'], alone: ['list'], others: true });
  const known = Object.keys(recipes);
  const names = others.map((name) => oneOf('a recipe', name, known));
  return {
    names: names.length > 0 ? [...new Set(names)] : known,
    seed: Number(whole('--seed', values.seed ?? String(SEED), 32)),
    list: values.list,
    help: values.help,
  };
}
