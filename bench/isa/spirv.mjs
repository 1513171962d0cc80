// From WGSL to SPIR-V, as browsers on Vulkan do it.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HEADER = '/* Dumped SPIRV disassembly */\n';

/**
 * Writes the SPIR-V of each kernel to a file in `folder`.
 *
 * @param kernels `{ code, constants }` each
 * @param environment in which Dawn finds the software adapter
 * @returns the files' paths
 */
export function spirvFiles(kernels, folder, environment) {
  const job = join(folder, 'kernels.json');
  writeFileSync(job, JSON.stringify(kernels));
  const script = fileURLToPath(new URL('dawn.mjs', import.meta.url));
  const env = { ...process.env, ...environment };
  const dawn = spawnSync(process.execPath, [script, job], {
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const said = dawn.stdout + dawn.stderr;
  if (dawn.status !== 0) throw new Error(`isa: Dawn must compile the kernels, got\n${said}`);
  const dumps = said.split(HEADER).slice(1);
  if (dumps.length !== kernels.length) {
    throw new Error(`isa: Dawn must print ${kernels.length} shaders, got ${dumps.length}`);
  }
  return dumps.map((dump, index) => {
    const [text] = dump.split(/^(?:info|warning|error):/m);
    const path = join(folder, `${index}.spv`);
    execFileSync('spirv-as', ['--target-env', 'spv1.4', '-o', path, '-'], { input: text });
    return path;
  });
}
