import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

const program = resolve('demo/photo/start.mjs');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** Lines that are not empty. */
  readonly stderr: string[];
}

/** Runs what `npm start` runs, as if typed in a folder. */
export function start(
  folder: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = { INIT_CWD: undefined },
): Promise<Ended> {
  const env = { ...process.env, ...variables };
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      done({
        code: error ? Number(error.code ?? Number.NaN) : 0,
        stdout,
        stderr: stderr.split('\n').filter(Boolean),
      }),
    );
  });
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with the given files that is gone after the tests of the file. */
export function folderOf(files: Record<string, Uint8Array | string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-'));
  folders.push(folder);
  for (const [name, data] of Object.entries(files)) writeFileSync(join(folder, name), data);
  return folder;
}

/** Everything in a folder, however deep. */
export const listing = (folder: string) => readdirSync(folder, { recursive: true }).sort();
