import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { softwareEnvironment } from 'webgpu-noise/node';

const deno = createRequire(import.meta.url).resolve('deno/bin.cjs');

/**
 * Runs a module in Deno, whose WebGPU is wgpu with the naga compiler, and parses what it prints.
 * The driver is SwiftShader unless `environment` says otherwise.
 */
export async function runInDeno<T>(
  script: string,
  args: readonly string[],
  environment?: object,
): Promise<T> {
  const variables = environment ?? (await softwareEnvironment());
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [deno, 'run', '--no-remote', '--no-npm', '--no-config', '--allow-all', script, ...args],
    {
      env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', ...variables },
      maxBuffer: 2 ** 28,
    },
  );
  return JSON.parse(stdout);
}
