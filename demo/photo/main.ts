import { HELP, readFlags } from './flags.js';
import { type Job, perform, prepare } from './job.js';

/** npm moves to the project's folder and leaves the shell's here; paths given mean the shell's. */
const shell = process.env.INIT_CWD ?? process.cwd();

/** 0 when all went well, 1 when this machine could not do it, 2 when it was asked for wrongly. */
export const exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  if (args.some((arg) => /^(-h|--help(=.*)?)$/.test(arg))) {
    console.log(HELP);
    return 0;
  }
  let job: Job;
  try {
    job = prepare(readFlags(args), shell);
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

function fail(error: unknown, code: 1 | 2): 1 | 2 {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`npm start: ${message.trim().replace(/\s*\n\s*/g, ' ')}`);
  return code;
}
