import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { build } from 'vite';

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
  '.wasm': 'application/wasm',
};

/** Where the site is put: it must work from any folder. */
const PREFIX = '/some/folder/';

/** The site's files. */
export const siteFolder = resolve('out/site');

/** What the site is made of. */
const SOURCES = [
  'demo',
  'src',
  'shaders',
  'bench/suite',
  'test/table',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** When something in a file or folder was changed last, in milliseconds since 1970. */
function changedAt(path: string): number {
  const itself = statSync(path);
  if (!itself.isDirectory()) return itself.mtimeMs;
  return Math.max(itself.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

/**
 * Builds the demo site as `npm run build:demo` does, unless what it is made of has not changed since. Its first
 * page is given the time when the build began.
 */
export async function buildSite(): Promise<void> {
  const page = join(siteFolder, 'index.html');
  const built = statSync(page, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > Math.max(...SOURCES.map((path) => changedAt(resolve(path))))) return;
  const began = new Date();
  await build({ configFile: resolve('demo/vite.config.ts'), logLevel: 'error' });
  utimesSync(page, began, began);
}

/** A server on the loopback; its address ends in a slash. */
export interface Served {
  readonly address: string;
  close(): void;
}

/** Serves the built site, and the built library under `library/`. */
export async function serveSite(): Promise<Served> {
  const { address, close } = await serve({
    [`${PREFIX}library/`]: resolve('dist'),
    [PREFIX]: siteFolder,
  });
  return { address: address + PREFIX.slice(1), close };
}

/** Serves folders under the prefixes that are their names; the first that fits counts. */
export async function serve(folders: { readonly [prefix: string]: string }): Promise<Served> {
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const [prefix, root] =
      Object.entries(folders).find(([start]) => pathname.startsWith(start)) ?? [];
    const path = prefix && root ? join(root, pathname.slice(prefix.length)) : '';
    if (!path || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
    response.end(readFileSync(path));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
