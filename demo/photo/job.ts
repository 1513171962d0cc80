import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Flags } from './flags.js';
import { addNoise } from './noise.js';
import { checkOutput, type Output, writeFiles } from './output.js';
import { decodePicture, encodePicture, type Picture, sideBySide } from './picture.js';
import { report } from './report.js';

const project = fileURLToPath(new URL('../..', import.meta.url));
/** White columns between the two pictures of compare.png. */
const GAP = 8;

/** A run that has been found possible. */
export interface Job {
  readonly flags: Flags;
  /** The folder that paths are shown from. */
  readonly shell: string;
  /** The picture's path, for showing. */
  readonly name: string;
  readonly original: Picture;
  readonly output: Output;
}

/**
 * Reads the picture and checks where the results go. Nothing is written yet.
 *
 * @param shell the folder that paths in the flags start from
 * @returns the picture, and where the results go
 * @throws {RangeError} in one sentence, when it cannot be done
 */
export function prepare(flags: Flags, shell: string): Job {
  const path = resolve(shell, flags.picture ?? resolve(project, 'demo/photo/chelsea.png'));
  const out = resolve(shell, flags.out ?? resolve(project, 'out/noisy.png'));
  const name = shown(path, shell);
  const original = decodePicture(readPicture(path, name), name);
  return { flags, shell, name, original, output: checkOutput(out, path) };
}

function readPicture(path: string, name: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const [why] = (cause as Error).message.split(', ');
    const got = `${JSON.stringify(name)} (${why})`;
    throw new RangeError(`the picture must be a file that can be read, got ${got}`, { cause });
  }
}

/**
 * Adds the noise, writes both pictures and tells about it.
 *
 * @throws {Error} when there is no adapter, or a picture cannot be written
 */
export async function perform({ flags, shell, name, original, output }: Job): Promise<string> {
  const result = await addNoise(original.samples, flags);
  const noisy: Picture = { ...original, samples: result.noisy };
  await writeFiles(
    new Map([
      [output.noisy, encodePicture(noisy)],
      [output.compare, encodePicture(sideBySide(original, noisy, GAP))],
    ]),
  );
  const written = { noisy: shown(output.noisy, shell), compare: shown(output.compare, shell) };
  return report({ name, original, flags, result, written });
}

/** A path as the user would type it. */
function shown(path: string, shell: string): string {
  const fromShell = relative(shell, path);
  return fromShell.startsWith('..') ? path : fromShell || '.';
}
