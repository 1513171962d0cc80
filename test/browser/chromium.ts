import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import puppeteer, { type Browser } from 'puppeteer-core';
import { extract } from 'tar-fs';

/**
 * WebGPU on SwiftShader, Chromium's own Vulkan driver for the CPU. Vulkan for the rest of the browser, too,
 * is what lets pictures go from videos and canvases to WebGPU.
 */
const FLAGS = [
  '--no-sandbox', // for root, which Chromium else refuses
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--force-color-profile=srgb',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the headless Chromium that the package `@sparticuz/chromium` holds. */
export async function launchChromium(): Promise<Browser> {
  const folder = await unpackedFolder();
  return puppeteer.launch({
    executablePath: join(folder, 'chromium'),
    headless: 'shell',
    protocolTimeout: 0, // what a page is asked can take many minutes
    args: FLAGS,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: `${folder}:${join(folder, 'lib')}`,
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  });
}

/** Unpacks into the user's cache folder the first time, or into a temporary one if that cannot be. */
async function unpackedFolder(): Promise<string> {
  const require = createRequire(import.meta.url);
  const root = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');
  const { version } = require(join(root, 'package.json'));
  const { XDG_CACHE_HOME = '' } = process.env;
  const caches = [XDG_CACHE_HOME, join(homedir(), '.cache')].filter(isAbsolute);
  for (const parent of [...caches.map((cache) => join(cache, 'webgpu-noise')), tmpdir()]) {
    const folder = join(parent, `chromium-${version}`);
    // What lies in a folder that others write to could be theirs.
    if (existsSync(folder) && parent !== tmpdir()) return folder;
    const partial = await newFolder(parent);
    if (!partial) continue;
    await unpack(join(root, 'bin'), partial);
    return parent === tmpdir() ? partial : settle(partial, folder);
  }
  throw new Error(`chromium: a folder must be writable, got none of ${[...caches, tmpdir()]}`);
}

async function newFolder(parent: string): Promise<string | undefined> {
  try {
    await mkdir(parent, { recursive: true });
    return await mkdtemp(join(parent, 'chromium-unpacking-'));
  } catch {
    return undefined;
  }
}

async function unpack(packed: string, folder: string): Promise<void> {
  const read = (name: string) => createReadStream(join(packed, name));
  const program = createWriteStream(join(folder, 'chromium'), { mode: 0o755 });
  await pipeline(read('chromium.br'), createBrotliDecompress(), program);
  for (const archive of ['swiftshader.tar.br', 'al2023.tar.br', 'fonts.tar.br']) {
    await pipeline(read(archive), createBrotliDecompress(), extract(folder));
  }
  // The system's fonts, and one that is always there.
  await writeFile(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig>
      <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
      <dir prefix="relative">fonts</dir>
    </fontconfig>`,
  );
}

/** Gives a whole folder its name; another process may have been first. */
async function settle(partial: string, folder: string): Promise<string> {
  try {
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
