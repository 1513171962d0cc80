import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-'));
const app = join(folder, 'app');
afterAll(() => rmSync(folder, { recursive: true }));

const run = (command: string, args: string[], cwd = '.') =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const bin = (name: string) => resolve('node_modules/.bin', name);

/** What the programs below import besides, and what that imports. */
const frameworks = ['@tensorflow', 'onnxruntime-web', 'onnxruntime-common', '@jax-js'];
const tools = ['webgpu', '@sparticuz', 'tar-fs', '@webgpu', 'debug', 'ms', 'typescript'];
const peers = [...tools, ...frameworks];

/** A program that knows nothing but the package's name. */
const PROGRAM = `
import { createNoiseEngine, noise, clip } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { philoxWGSL } from 'webgpu-noise/wgsl';
import { requestDevice } from 'webgpu-noise/node';

const device = await requestDevice();
const pixels = new Uint8Array(1000).fill(128);
const buffer = device.createBuffer({ size: 1000, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST });
device.queue.writeBuffer(buffer, 0, pixels);
const engine = createNoiseEngine(device, { seed: 42n });
const chain = engine.chain([noise({ std: 50 }), clip({ min: 0, max: 255 })], { format: 'u8' });
await chain.ready();
chain.run(buffer);
const gpu = await engine.read(buffer, { format: 'u8' });
createReferenceEngine({ seed: 42n }).chain(chain.ops, { format: 'u8' }).run(pixels);
const same = gpu.every((byte, i) => byte === pixels[i]);
console.log(same && philoxWGSL.includes('fn philox_4x32') ? 'same bits' : 'different bits');
device.destroy();
`;

/** The same, as the TypeScript compiler sees it. */
const TYPED = `
import { createNoiseEngine, type Chain, noise, type StreamState } from 'webgpu-noise';
import { createReferenceEngine, normalPair } from 'webgpu-noise/reference';
import { requestDevice } from 'webgpu-noise/node';
import { normalWGSL } from 'webgpu-noise/wgsl';

const device: GPUDevice = await requestDevice();
const engine = createNoiseEngine(device, { seed: 1 });
const chain: Chain = engine.chain([noise({ std: 1 })], { format: 'u8' });
const at: StreamState = chain.run(device.createBuffer({ size: 4, usage: 128 }));
const bytes: Uint8Array = await engine.read(device.createBuffer({ size: 4, usage: 4 }), { format: 'u8' });
const pair: [number, number] = normalPair(1, 2);
const text: string = normalWGSL;
createReferenceEngine(at).chain(chain.ops).run(new Float32Array(bytes.length + pair.length + text.length));
`;

/** The adapters, where a program has tensors of the frameworks. */
const ADAPTED = `
import type { Array } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { InferenceSession, type Tensor } from 'onnxruntime-web/webgpu';
import { createNoiseEngine, noise } from 'webgpu-noise';
import * as jax from 'webgpu-noise/jax';
import * as ort from 'webgpu-noise/onnxruntime';
import { gaussianNoise, getDevice, randomNormal, setDevice, targets } from 'webgpu-noise/tfjs';

// Wrappers, whose declarations must be able to name what they return.
export const f32 = <T extends tf.Tensor>(tensor: T) => targets(tensor);
export const f16 = <T extends Tensor>(tensor: T) => ort.targets(tensor, { format: 'f16' });
export const u32 = <T extends Array>(array: T) => jax.targets(array, { format: 'u32' });

export async function program(device: GPUDevice, array: Array, tensors: Tensor[]) {
  await setDevice(device);
  const engine = createNoiseEngine(getDevice());
  const chain = engine.chain([noise({ std: 1 })]);
  chain.run(targets(tf.zeros([2])));
  engine.perturb(targets([tf.zeros([2])]), { std: 1 });
  const normals: tf.Tensor = randomNormal(engine, [2], { std: 2 });
  const layer: layers.Layer = gaussianNoise({ engine, stddev: 1, inputShape: [2] });
  await InferenceSession.create('model.onnx', ort.sessionOptions(device, { logId: 'a' }));
  engine.perturb(ort.targets(tensors, { format: 'f16' }), { std: 1, format: 'f16' });
  const made: Tensor = ort.createTensor(device, 'uint8', [2]);
  chain.run(jax.targets(array));
  return [normals, layer, made, jax.getDevice(), await ort.getDevice()];
}
console.log(typeof program);
`;

describe('the packed package', () => {
  let tarball: string;

  beforeAll(() => {
    const [packed] = JSON.parse(
      run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
    );
    tarball = join(folder, packed.filename);
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], app);
    // Its optional peers are those of the project.
    for (const peer of peers) {
      symlinkSync(resolve('node_modules', peer), join(app, 'node_modules', peer));
    }
  }, 120_000);

  it('runs in an empty folder, with the same bits on GPU and CPU', () => {
    writeFileSync(join(app, 'program.js'), PROGRAM);
    expect(run(process.execPath, ['program.js'], app)).toBe('same bits\n');
  });

  it.each(['NodeNext', 'Bundler'])('type-checks under moduleResolution %s', (moduleResolution) => {
    writeFileSync(join(app, 'typed.ts'), TYPED);
    const module = moduleResolution === 'Bundler' ? 'ESNext' : 'NodeNext';
    const options = ['--strict', '--noEmit', '--target', 'ES2022', '--module', module];
    const types = ['--moduleResolution', moduleResolution, '--types', '@webgpu/types'];
    expect(run(process.execPath, [bin('tsc'), ...options, ...types, 'typed.ts'], app)).toBe('');
  });

  it('has adapters for the frameworks, with their types', () => {
    writeFileSync(join(app, 'adapted.ts'), ADAPTED);
    // What the frameworks declare is theirs to check.
    const options = ['--strict', '--skipLibCheck', '--target', 'ES2022', '--module', 'NodeNext'];
    const compile = [...options, '--declaration', '--types', '@webgpu/types', 'adapted.ts'];
    expect(run(process.execPath, [bin('tsc'), ...compile], app)).toBe('');
    expect(run(process.execPath, ['adapted.js'], app)).toContain('function');
  });

  it('passes publint', () => {
    expect(run(process.execPath, [bin('publint'), tarball, '--strict'])).toContain('All good!');
  });

  it('passes arethetypeswrong', () => {
    const options = ['--profile', 'esm-only', '--format', 'json'];
    const { analysis } = JSON.parse(run(process.execPath, [bin('attw'), tarball, ...options]));
    expect(Object.keys(analysis.entrypoints)).toEqual([
      '.',
      ...['./wgsl', './reference', './node', './tfjs', './onnxruntime', './jax'],
    ]);
    const kinds = analysis.problems.map((each: { resolutionKind: string }) => each.resolutionKind);
    expect(kinds).not.toContain('node16-esm');
    expect(kinds).not.toContain('bundler');
  });

  it('holds what SECURITY.md says, and nothing else', () => {
    const files = run('tar', ['-tzf', tarball]).trim().split('\n');
    const [folders, names] = [/^package\/(dist|shaders)\//, /\.(js|d\.ts|js\.map|wgsl|md)$/];
    expect(files.filter((file) => folders.test(file) && !names.test(file))).toEqual([]);
    expect(files.filter((file) => !folders.test(file)).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'].map(
        (file) => `package/${file}`,
      ),
    );
  });

  it('has no runtime dependencies and no install scripts', () => {
    expect(readdirSync(join(app, 'node_modules')).sort()).toEqual(
      ['.package-lock.json', 'webgpu-noise', ...peers].sort(),
    );
    const manifest = JSON.parse(
      readFileSync(join(app, 'node_modules/webgpu-noise/package.json'), 'utf8'),
    );
    expect(manifest.dependencies).toBeUndefined();
    for (const script of ['preinstall', 'install', 'postinstall']) {
      expect(manifest.scripts).not.toHaveProperty(script);
    }
  });
});
