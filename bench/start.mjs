// `npm run bench`: checks the flags, installs what the yardsticks need, builds the package, and starts
// the suite in Node, or after `--deno` as first argument in Deno.
import { spawn, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HELP, readFlags } from './flags.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');

process.exitCode = await main(process.argv.slice(2));

async function main(given) {
  const deno = given[0] === '--deno';
  const args = deno ? given.slice(1) : given;
  try {
    if (readFlags(args).help) {
      console.log(HELP);
      return 0;
    }
  } catch (error) {
    console.error(`npm run bench: ${error.message}`);
    return 2;
  }
  installPeers();
  const built = npm('run build --silent', root);
  if (built.status !== 0) return built.status ?? 1;
  return deno ? startDeno(args) : startNode(args);
}

/** The yardsticks' packages are no dependencies of the project's. Without them, the rest is measured. */
function installPeers() {
  const modified = (path) => statSync(join(here, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (modified('node_modules/.package-lock.json') >= modified('package-lock.json')) return;
  console.error('installing the packages of bench/package.json ...');
  const { status } = npm('ci --no-audit --no-fund --ignore-scripts', here);
  if (status === 0) return;
  console.error('npm run bench: the packages of bench/package.json could not be installed.');
}

/** What npm and the build say goes to standard error: standard output is for results. */
function npm(command, cwd) {
  return spawnSync(`npm ${command}`, { cwd, shell: true, stdio: ['ignore', 2, 2] });
}

function startNode(args) {
  // V8 would optimize the WebAssembly of onnxruntime-web before its first run ends, for half a minute.
  return start(process.execPath, ['--liftoff-only', join(here, 'node.mjs'), ...args], process.env);
}

async function startDeno(args) {
  const { softwareEnvironment } = await import('../dist/node/index.js');
  const named = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES;
  const driver = named || hasDriver() ? {} : await softwareEnvironment();
  const env = { NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', ...process.env, ...driver };
  const flags = ['run', '--no-remote', '--allow-all', join(here, 'deno.mjs')];
  return start(denoProgram(), [...flags, ...args], env);
}

/** Deno itself: the script that npm offers in its place puts it there, and dies of Ctrl-C before it. */
function denoProgram() {
  const script = createRequire(import.meta.url).resolve('deno/bin.cjs');
  spawnSync(process.execPath, [script, '--version'], { stdio: ['ignore', 'ignore', 2] });
  return join(dirname(script), process.platform === 'win32' ? 'deno.exe' : 'deno');
}

/** Whether the system has a Vulkan driver, as far as its usual folders tell. */
function hasDriver() {
  if (process.platform !== 'linux') return true;
  const folders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'];
  return folders.some((folder) => statSync(folder, { throwIfNoEntry: false }));
}

/** Resolves to the exit code. Ctrl-C reaches the suite by itself, which then ends in its own time. */
function start(program, args, env) {
  process.on('SIGINT', () => {});
  // Mesa complains where there is no such folder, and needs none.
  const settings = { XDG_RUNTIME_DIR: tmpdir(), ...env };
  const child = spawn(program, args, { stdio: 'inherit', env: settings });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}
