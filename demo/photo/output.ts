import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

/** Where the two pictures of a run go; absolute paths. */
export interface Output {
  readonly noisy: string;
  readonly compare: string;
}

/**
 * Checks that the pictures can be written, without writing: `noisy` itself and compare.png beside it.
 *
 * @param noisy absolute path of the noisy picture
 * @param picture absolute path of the original, which must not be overwritten
 * @throws {RangeError} in one sentence, when they cannot
 */
export function checkOutput(noisy: string, picture: string): Output {
  const folder = dirname(noisy);
  const compare = join(folder, 'compare.png');
  if (extname(noisy).toLowerCase() !== '.png') throw refuse('end in .png', noisy);
  if (basename(noisy).toLowerCase() === 'compare.png') {
    throw refuse('not be compare.png, which is written beside it', noisy);
  }
  const existing = nearest(folder);
  if (!statSync(existing).isDirectory()) throw refuse('be in a folder, not in a file', noisy);
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch {
    throw refuse('be in a folder that can be written to', noisy);
  }
  const original = statSync(picture, { bigint: true });
  for (const path of [noisy, compare].filter(existsSync)) {
    const old = statSync(path, { bigint: true });
    if (old.isDirectory()) throw refuse('not overwrite a folder', path);
    if (old.dev === original.dev && old.ino === original.ino) {
      throw refuse('not overwrite the picture', path);
    }
  }
  return { noisy, compare };
}

/** Writes files, by absolute path, so that each is there whole or not at all. */
export async function writeFiles(files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const partial = (path: string) => `${path}.${process.pid}.partial`;
  try {
    for (const [path, bytes] of files) {
      await makeFolder(dirname(path));
      await writeFile(partial(path), bytes);
    }
    for (const path of files.keys()) await rename(partial(path), path);
  } finally {
    for (const path of files.keys()) await rm(partial(path), { force: true });
  }
}

/** Folder by folder: Node 20's recursive mkdir never returns where none can be made, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder).catch((error) => {
    if (!existsSync(folder)) throw error;
  });
}

function refuse(must: string, got: string): RangeError {
  return new RangeError(`--out must ${must}, got ${JSON.stringify(got)}`);
}

/** The folder itself, or the closest one above it that exists. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}
