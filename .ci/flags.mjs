// Reads the command lines of the project's programs. What a flag must be, and what it was, is told in one
// sentence.
import { parseArgs } from 'node:util';

/**
 * Reads flags: those of `valued` are followed by a value, those of `alone` and --help are not.
 *
 * @param flags names without dashes; `others`: whether arguments may be no flags
 * @returns `values` by name, those of flags that stand alone as true or false; `others`, in their order
 * @throws {RangeError} for an unknown flag, one without its value, one with a value too many, and for
 * others where there may be none
 */
export function flagsOf(args, { valued = [], alone = [], others = false }) {
  const single = [...alone, 'help'];
  const options = {
    ...Object.fromEntries(valued.map((name) => [name, { type: 'string' }])),
    ...Object.fromEntries(single.map((name) => [name, { type: 'boolean', default: false }])),
    help: { type: 'boolean', short: 'h', default: false },
  };
  // Not strict: it would refuse values such as -5, and its sentences name neither flags nor values.
  const parsed = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const { kind, name, rawName, value, inlineValue } of parsed.tokens) {
    if (kind === 'positional' && !others) {
      throw new RangeError(`all arguments must be flags, got ${JSON.stringify(value)}`);
    }
    if (kind !== 'option') continue;
    if (!Object.hasOwn(options, name)) {
      const known = Object.keys(options).map((each) => `--${each}`);
      throw new RangeError(`a flag must be one of ${known.join(', ')}, got ${rawName}`);
    }
    if (valued.includes(name) && !value) {
      throw new RangeError(`${rawName} must be followed by a value, got none`);
    }
    if (valued.includes(name) && !inlineValue && value.startsWith('--')) {
      throw new RangeError(`${rawName} must be followed by a value, got ${JSON.stringify(value)}`);
    }
    if (single.includes(name) && value !== undefined) {
      throw new RangeError(`${rawName} must stand alone, got ${JSON.stringify(value)}`);
    }
  }
  return { values: parsed.values, others: parsed.positionals };
}

/** A text that is one of those known. */
export function oneOf(flag, text, known) {
  if (known.includes(text)) return text;
  throw new RangeError(`${flag} must be one of ${known.join(', ')}, got ${JSON.stringify(text)}`);
}

/** Texts between commas, each of which is one of those known. */
export const someOf = (flag, text, known) =>
  text.split(',').map((part) => oneOf(flag, part, known));

/** A whole number of so many bits, as a bigint. */
export function whole(flag, text, bits) {
  if (/^\d+$/.test(text) && BigInt(text) >> BigInt(bits) === 0n) return BigInt(text);
  throw new RangeError(
    `${flag} must be a whole number from 0 to 2^${bits} - 1, got ${JSON.stringify(text)}`,
  );
}
