import { adapterName } from 'webgpu-noise/node';
import { type Flags, HELP, readFlags } from './flags.js';
import { recipes } from './index.js';
import { openDevice } from './node.js';
import { perform, shareOf, shown } from './perform.js';
import type { Setup } from './recipe.js';

/** 0 when all went well, 1 when a recipe failed or was stopped, 2 when it was asked for wrongly. */
export const exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  let flags: Flags;
  try {
    flags = readFlags(args);
  } catch (error) {
    return fail(error, 2);
  }
  if (flags.help || flags.list) {
    console.log(flags.help ? HELP : flags.names.join('\n'));
    return 0;
  }
  const stopper = new AbortController();
  process.once('SIGINT', () => stopper.abort(new Error('stopped')));
  try {
    const device = await openDevice();
    console.log(`on ${adapterName(device)}`);
    const { seed } = flags;
    for (const name of flags.names) await tell(name, { device, seed, signal: stopper.signal });
    return 0;
  } catch (error) {
    return fail(error, 1);
  }
}

/** Runs a recipe and prints what came of it. */
async function tell(name: string, setup: Omit<Setup, 'progress'>): Promise<void> {
  const recipe = recipes[name]!;
  console.log(`\n${recipe.title} (${name})\n${recipe.claim}`);
  const { numbers, seconds, spent } = await perform(recipe, {
    ...setup,
    progress(done) {
      if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(100 * done)} %`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  for (const [what, value] of Object.entries(numbers)) {
    console.log(`  ${what}: ${shown(value)}`);
  }
  console.log(`  took: ${seconds.toFixed(1)} s`);
  console.log(`  noise: ${shareOf(spent)}`);
}

function fail(error: unknown, code: 1 | 2): 1 | 2 {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`npm run recipes: ${message.trim().replace(/\s*\n\s*/g, ' ')}`);
  return code;
}
