// From SPIR-V to the machine code of an AMD chip that need not be there: Mesa's driver compiles for any chip
// on a device that is none (RADV_FORCE_FAMILY), and prints what its compiler, ACO, has made.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DRIVERS = [
  '/usr/share/vulkan/icd.d/radeon_icd.x86_64.json',
  '/usr/share/vulkan/icd.d/radeon_icd.json',
];
const PACKAGES = 'gcc libc6-dev libvulkan-dev mesa-vulkan-drivers spirv-tools';

/** Chips by the names that Mesa has for them: those of 22.3, and of later versions. */
const FAMILIES = { navi21: ['navi21'], navi31: ['gfx1100', 'navi31'] };

export const chips = Object.keys(FAMILIES);

/** @throws {Error} when a tool of the system is missing */
export function checkTools() {
  const missing = ['gcc', 'spirv-as'].filter((tool) => spawnSync(tool, ['--version']).error);
  if (!existsSync('/usr/include/vulkan/vulkan.h')) missing.push('vulkan/vulkan.h');
  if (!DRIVERS.some(existsSync)) missing.push("Mesa's driver for AMD");
  if (missing.length === 0) return;
  throw new Error(
    `isa: Debian's packages ${PACKAGES} must be installed, got no ${missing.join(', ')}`,
  );
}

/** Builds the program that hands SPIR-V to the driver. */
export function buildCompiler(folder) {
  const program = join(folder, 'compile');
  const source = fileURLToPath(new URL('compile.c', import.meta.url));
  execFileSync('gcc', ['-O1', '-o', program, source, '-lvulkan']);
  return program;
}

/**
 * What the driver says of each kernel: instructions, one a line, and figures such as registers.
 *
 * @param program of `buildCompiler`
 * @param files of `spirvFiles`
 * @returns one text for each file
 */
export function machineCode(program, files, chip, folder) {
  const driver = DRIVERS.find(existsSync);
  for (const family of FAMILIES[chip]) {
    const env = {
      PATH: process.env.PATH,
      XDG_RUNTIME_DIR: folder,
      VK_DRIVER_FILES: driver,
      VK_ICD_FILENAMES: driver,
      RADV_FORCE_FAMILY: family,
      RADV_DEBUG: 'shaders,shaderstats,nocache',
    };
    const { status, stdout, stderr } = spawnSync(program, files, {
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    const said = stdout + stderr;
    if (status === 0) return said.split(/^kernel \d+$/m).slice(1);
    if (!said.includes('Unknown family'))
      throw new Error(`isa: the driver must compile the kernels, got\n${said.slice(-2000)}`);
  }
  throw new Error(`isa: the driver must know ${chip}, got none of ${FAMILIES[chip].join(', ')}`);
}
