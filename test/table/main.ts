import { spawnSync } from 'node:child_process';
import { type Flags, HELP, readFlags } from './flags.js';

/** Ends with 0 where all bits are the same. */
export const exitCode: number = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let flags: Flags;
  try {
    flags = readFlags(args);
  } catch (error) {
    console.error(`npm run verify: ${(error as Error).message}`);
    return 2;
  }
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  if (flags.write) {
    const { writeTable } = await import('./compute.js');
    writeTable();
    return 0;
  }
  const built = spawnSync('npm run build --silent', { shell: true, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) return built.status ?? 1;
  const { verify } = await import('./verify.js');
  return (await verify({ ...flags, say: console.log })) ? 0 : 1;
}
