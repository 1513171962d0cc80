// Counts the machine instructions of the library's kernels on AMD GPUs, without one, and fails where a
// product of exact math was fused with a sum. README.md tells what the numbers mean.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, figures, instructions } from './count.mjs';
import { fusedProducts } from './fused.mjs';
import { loadKernels } from './kernels.mjs';
import { buildCompiler, checkTools, chips, machineCode } from './machine.mjs';
import { spirvFiles } from './spirv.mjs';

/** Elements that an invocation does: a quad. */
const ELEMENTS = 4;

const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-isa-'));
try {
  checkTools();
  const { chained, probes, environment } = await loadKernels();
  const kernels = [...chained, ...probes];
  const files = spirvFiles(kernels, folder, environment);
  const program = buildCompiler(folder);
  let wrong = 0;
  for (const chip of chips) {
    const texts = machineCode(program, files, chip, folder);
    const results = kernels.map((kernel, i) => {
      const list = instructions(texts[i]);
      const fused = kernel.math === 'exact' ? fusedProducts(list) : [];
      return { ...kernel, ...count(list), ...figures(texts[i]), fused };
    });
    console.log(`\n${chip}: kernels`);
    console.table(results.slice(0, chained.length).map(kernelRow));
    console.log(`${chip}: the parts of one, cycles per pair of normals`);
    console.table(
      ['exact', 'native'].map((math) =>
        partsRow(results.filter((r, i) => i >= chained.length && r.math === math)),
      ),
    );
    for (const { name, fused } of results) {
      wrong += fused.length;
      for (const instruction of fused) console.error(`${chip}: ${name}: fused: ${instruction}`);
    }
  }
  if (wrong > 0) {
    console.error(`isa: no product of exact math may be fused with a sum, got ${wrong}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function kernelRow({ name, cycles, classes, vgprs, spilled, waves }) {
  const perSample = cycles / ELEMENTS;
  return {
    kernel: name,
    'cycles per sample': perSample,
    'per pair': 2 * perSample,
    ...classes,
    VGPRs: vgprs,
    spilled,
    'waves per SIMD': waves,
  };
}

function partsRow(results) {
  const [store, philox, normals] = results.map(({ cycles }) => cycles / (ELEMENTS / 2));
  const [{ math }] = results;
  return {
    math,
    'index, store': store,
    Philox: philox - store,
    'Box–Muller': normals - philox,
    'Philox and Box–Muller': normals - store,
  };
}
