import process from 'node:process';
import { requestDevice } from 'webgpu-noise/node';
import { feed } from './feed.js';
import { readStreamFlags, STREAM_HELP } from './flags.js';
import { drawWords } from './words.js';

/** Writes words to standard output until whoever reads them has enough. Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  let flags: ReturnType<typeof readStreamFlags>;
  try {
    flags = readStreamFlags(args);
  } catch (error) {
    console.error(`stream: ${(error as Error).message}`);
    return 2;
  }
  if (!flags) {
    console.log(STREAM_HELP);
    return 0;
  }
  const { bytes, ...options } = flags;
  const device = await requestDevice();
  const stop = () => process.stdout.destroy();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await feed(process.stdout, drawWords(device, options), bytes);
  device.destroy();
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
