import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Flags, HELP, readFlags } from './flags.js';
import { addNoise } from './noise.js';
import { checkOutput, type Output, writeFiles } from './output.js';
import { decodePicture, encodePicture, type Picture, sideBySide } from './picture.js';
import { report } from './report.js';

const project = fileURLToPath(new URL('../..', import.meta.url));
/** npm moves to the project's folder and leaves the shell's here; paths given mean the shell's. */
const shell = process.env.INIT_CWD ?? process.cwd();
/** White columns between the two pictures of compare.png. */
const GAP = 8;

/** A run that has been found possible. */
interface Job {
  readonly flags: Flags;
  /** How messages call the picture. */
  readonly name: string;
  readonly original: Picture;
  readonly output: Output;
}

/** 0 when all went well, 1 when this machine could not do it, 2 when it was asked for wrongly. */
export const exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  if (args.some((arg) => /^(-h|--help(=.*)?)$/.test(arg))) {
    console.log(HELP);
    return 0;
  }
  let job: Job;
  try {
    job = prepare(readFlags(args));
  } catch (error) {
    return fail(error, 2);
  }
  try {
    console.log(await perform(job));
    return 0;
  } catch (error) {
    return fail(error, 1);
  }
}

/** Reads the picture and checks where the results go. Nothing is written yet. */
function prepare(flags: Flags): Job {
  const path = resolve(shell, flags.picture ?? resolve(project, 'demo/photo/chelsea.png'));
  const out = resolve(shell, flags.out ?? resolve(project, 'out/noisy.png'));
  const name = shown(path);
  const original = decodePicture(readPicture(path, name), name);
  return { flags, name, original, output: checkOutput(out, path) };
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

/** Adds the noise, writes both pictures and tells about it. */
async function perform({ flags, name, original, output }: Job): Promise<string> {
  const result = await addNoise(original.samples, flags);
  const noisy: Picture = { ...original, samples: result.noisy };
  await writeFiles(
    new Map([
      [output.noisy, encodePicture(noisy)],
      [output.compare, encodePicture(sideBySide(original, noisy, GAP))],
    ]),
  );
  const written = { noisy: shown(output.noisy), compare: shown(output.compare) };
  return report({ name, original, flags, result, written });
}

/** A path as the user would type it. */
function shown(path: string): string {
  const fromShell = relative(shell, path);
  return fromShell.startsWith('..') ? path : fromShell || '.';
}

function fail(error: unknown, code: 1 | 2): 1 | 2 {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`npm start: ${message.trim().replace(/\s*\n\s*/g, ' ')}`);
  return code;
}
