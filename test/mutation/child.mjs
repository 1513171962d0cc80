// Runs tests one at a time, in a process that stays warm: what no change has touched is compiled once.
import { Session } from 'node:inspector/promises';
import { collectTests, startTests } from '@vitest/runner';
import fc from 'fast-check';
import { createServer } from 'vite';
import { globals } from 'webgpu';

process.on('disconnect', () => process.exit());

// Properties see the same cases every time, and what fails is not made smaller.
fc.configureGlobal({ seed: 1, endOnFailure: true });

const root = process.cwd();
const server = await createServer({
  root,
  logLevel: 'silent',
  appType: 'custom',
  server: { middlewareMode: true, watch: null, hmr: false },
});
const { runner, moduleGraph } = server.environments.ssr;

const profiler = new Session();
profiler.connect();
await profiler.post('Profiler.enable');

/** What a test has shown besides whether it passes. */
let seen = { shaders: new Set(), compiles: true, rejected: false };
process.on('unhandledRejection', () => {
  seen.rejected = true;
});

const { createShaderModule } = globals.GPUDevice.prototype;
globals.GPUDevice.prototype.createShaderModule = function (descriptor) {
  const module = createShaderModule.call(this, descriptor);
  const note = ({ messages }) => {
    if (messages.some(({ type }) => type === 'error')) seen.compiles = false;
  };
  module.getCompilationInfo().then(note, () => {});
  return module;
};

/** A file of tests anew; what it imports, where something was forgotten. */
async function importFile(path) {
  const { evaluatedModules } = runner;
  if (evaluatedModules.idToModuleMap.size === 0) {
    const { shaders } = await runner.import('/src/shaders.ts');
    const get = shaders.get.bind(shaders);
    shaders.get = (name) => {
      seen.shaders.add(`shaders/${name}.wgsl`);
      return get(name);
    };
  }
  for (const module of evaluatedModules.getModulesByFile(path) ?? []) {
    evaluatedModules.invalidateModule(module);
  }
  return runner.import(path);
}

const config = {
  root,
  setupFiles: [],
  sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
  maxConcurrency: 1,
  testTimeout: 600_000,
  hookTimeout: 300_000,
  retry: 0,
  tags: [],
};

const testsIn = (task) => (task.type === 'test' ? [task] : task.tasks.flatMap(testsIn));

/** Runs one test of a file. */
async function run({ path, id }, onBeforeTryTask) {
  seen = { shaders: new Set(), compiles: true, rejected: false };
  const start = performance.now();
  const tests = { filepath: path, testIds: [id] };
  const [file] = await startTests([tests], { config, importFile, onBeforeTryTask });
  const failed = [file, ...testsIn(file)].some(({ result }) => result?.state === 'fail');
  const { compiles, rejected } = seen;
  return { passes: !failed && !rejected, compiles, ms: performance.now() - start };
}

const answers = {
  /** The tests of a file. */
  async collect({ path }) {
    const [file] = await collectTests([path], { config, importFile });
    return testsIn(file).map(({ id, name }) => ({ id, name }));
  },
  run: (test) => run(test),
  /** Runs one test, and finds the files that count for it: those with functions that it calls, and its shaders. */
  async measure(test) {
    const take = () => profiler.post('Profiler.takePreciseCoverage');
    await profiler.post('Profiler.startPreciseCoverage', { callCount: true });
    const measured = await run(test, take);
    const called = (await take()).result.filter(({ functions }) =>
      functions.some(({ ranges }) => ranges[0].count > 0),
    );
    await profiler.post('Profiler.stopPreciseCoverage');
    const files = called.map(({ url }) => url.replace(`${root}/`, ''));
    return { ...measured, files: [...files, ...seen.shaders] };
  },
  /** Reads a file anew before the next test. */
  forget({ path }) {
    runner.clearCache();
    for (const module of moduleGraph.getModulesByFile(path) ?? []) {
      moduleGraph.invalidateModule(module);
    }
  },
};

process.on('message', async ({ ask, ...what }) => {
  const answer = await answers[ask](what);
  process.send({ answer, memory: process.memoryUsage().rss });
});
