import { createReadStream, existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants, homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

/** The environment in which a Vulkan program finds SwiftShader, and its loader. */
export interface SoftwareEnvironment {
  readonly LD_LIBRARY_PATH: string;
  /** Read by Vulkan loaders from 1.3.207 on. */
  readonly VK_DRIVER_FILES: string;
  /** Read by older ones. */
  readonly VK_ICD_FILENAMES: string;
}

/**
 * The variables with which another process, such as Deno, runs WebGPU on SwiftShader. Unpacks
 * SwiftShader from the `@sparticuz/chromium` package into the user's cache folder the first time.
 *
 * @throws {Error} when a package is missing or the machine is not Linux on x86-64
 */
export async function softwareEnvironment(): Promise<SoftwareEnvironment> {
  const folder = await unpackedFolder();
  const driver = join(folder, 'vk_swiftshader_icd.json');
  return { LD_LIBRARY_PATH: folder, VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver };
}

/** Linux's RTLD_NODELETE, which Node does not name. */
const RTLD_NODELETE = 0x1000;

/** What Dawn asks the system for. */
const LOADER = 'libvulkan.so.1';

/** Whether Dawn can look for a GPU; where it cannot, it would say so on the console. */
export function hasSystemLoader(): boolean {
  return process.platform !== 'linux' || loadError(LOADER) === undefined;
}

/** Makes SwiftShader the Vulkan driver of this process. */
export async function loadSoftwareAdapter(): Promise<void> {
  const { LD_LIBRARY_PATH, ...variables } = await softwareEnvironment();
  Object.assign(process.env, variables);
  // LD_LIBRARY_PATH counts only when a process starts, but a loader that is already in memory is
  // found by its name.
  const error = loadError(join(LD_LIBRARY_PATH, LOADER));
  if (error) throw error;
}

/** Loads a library into this process for good. Returns why it could not. */
function loadError(library: string): unknown {
  const { RTLD_NOW, RTLD_GLOBAL } = constants.dlopen;
  try {
    process.dlopen({ exports: {} }, library, RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE);
  } catch (error) {
    // Node has loaded it and seen that it is no addon; NODELETE keeps it loaded.
    if (!String(error).includes('did not self-register')) return error;
  }
  return undefined;
}

async function unpackedFolder(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const machine = `${process.platform} ${process.arch}`;
    throw new Error(`requestDevice: the software adapter needs Linux on x64, got ${machine}`);
  }
  const { archive, version } = findArchive();
  for (const parent of cacheFolders()) {
    const folder = join(parent, `swiftshader-${version}`);
    if (existsSync(folder) || (await unpack(archive, parent, folder))) return folder;
  }
  return unpackForThisProcess(archive);
}

/** Where a user's programs may keep files, the first choice first. The XDG folder must be absolute. */
function cacheFolders(): string[] {
  const { XDG_CACHE_HOME = '' } = process.env;
  const folders = [XDG_CACHE_HOME, join(homedir(), '.cache')];
  return folders.filter(isAbsolute).map((folder) => join(folder, 'webgpu-noise'));
}

/** A folder that is this process's own: libraries in one that others can write to could be theirs. */
async function unpackForThisProcess(archive: string): Promise<string> {
  let folder: string;
  try {
    folder = await mkdtemp(join(tmpdir(), 'webgpu-noise-'));
  } catch (cause) {
    const tried = [...cacheFolders(), tmpdir()].join(', ');
    throw new Error(`requestDevice: a folder must be writable, got none of ${tried}`, { cause });
  }
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await extractTo(archive, folder);
  return folder;
}

const MISSING =
  "requestDevice: a GPU, or the packages '@sparticuz/chromium' and 'tar-fs' for the software " +
  'adapter, must be there, got neither';

/** The packed SwiftShader, and the version of the package that it is in. */
function findArchive(): { archive: string; version: string } {
  const require = createRequire(import.meta.url);
  try {
    const root = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');
    const { version } = require(join(root, 'package.json'));
    return { archive: join(root, 'bin', 'swiftshader.tar.br'), version };
  } catch (cause) {
    throw new Error(MISSING, { cause });
  }
}

/** Unpacks beside the folder and then renames, so that it is never seen half full. */
async function unpack(archive: string, parent: string, folder: string): Promise<boolean> {
  let partial: string;
  try {
    await mkdir(parent, { recursive: true });
    partial = await mkdtemp(join(parent, 'unpacking-'));
  } catch {
    return false;
  }
  try {
    await extractTo(archive, partial);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was first
  }
  return true;
}

async function extractTo(archive: string, folder: string): Promise<void> {
  const { extract } = await import('tar-fs').catch((cause) => {
    throw new Error(MISSING, { cause });
  });
  await pipeline(createReadStream(archive), createBrotliDecompress(), extract(folder));
}
