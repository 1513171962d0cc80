import { describe, expect, it } from 'vitest';
import { createNoiseEngine, type NoiseEngine, type StreamState } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { watchBuffers } from '../gpu/live.js';
import { COUNT, DRAW, testAftermath, WORDS } from './aftermath.js';
import { atEachStep, BETWEEN } from './interrupt.js';

const { expectGoesOn, expectQuiet } = await testAftermath();
const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
const CALL = /^(chain|run|encode|ready|read|measure|snapshot|save|restore): /;

/** What a program does; `call` notes what a call of the library's throws, and goes on. */
type Scenario = (
  device: GPUDevice,
  engine: NoiseEngine,
  call: <T>(body: () => T | Promise<T>) => Promise<T | undefined>,
) => Promise<void>;

const bufferOn = (device: GPUDevice) =>
  device.createBuffer({ size: 4 * COUNT, usage: STORAGE | COPY_SRC | COPY_DST });

const scenarios: Record<string, Scenario> = {
  async 'compiles, runs and reads'(device, engine, call) {
    const target = bufferOn(device);
    const chain = await call(() => engine.chain(DRAW, WORDS));
    await call(() => chain?.ready());
    await call(() => chain?.run(target));
    await Promise.all([
      call(() => engine.read(target)),
      call(() => chain?.run(target)),
      call(() => engine.read({ buffer: target, offset: 5 })),
    ]);
  },

  async 'records and submits itself'(device, engine, call) {
    const target = bufferOn(device);
    const chain = await call(() => engine.chain(DRAW, WORDS));
    const encoder = device.createCommandEncoder();
    await call(() => chain?.encode(encoder, target));
    const pass = encoder.beginComputePass();
    await call(() => chain?.encode(pass, target));
    pass.end();
    // The passes are lost with the engine; that is for the caller to see.
    device.pushErrorScope('validation');
    device.queue.submit([encoder.finish()]);
    await device.popErrorScope().catch(() => {});
    await call(() => chain?.ready());
  },

  async 'takes and restores snapshots'(device, engine, call) {
    const weights = bufferOn(device);
    const snapshot = await call(() => engine.snapshot([weights]));
    await call(() => snapshot?.restore());
    await call(() => snapshot?.save());
    await call(() => engine.read(weights));
    snapshot?.destroy();
  },

  async measures(device, engine, call) {
    await call(() => engine.measure(bufferOn(device)));
  },
};

interface Fault {
  readonly sentence: RegExp;
  readonly happen: (device: GPUDevice, engine: NoiseEngine) => void;
  /** Where it can happen: a program cannot destroy an engine within a call of the engine's. */
  readonly where: RegExp;
}

const faults: { readonly [kind in 'device' | 'engine']: Fault } = {
  device: {
    sentence: /: the device must be alive, got a lost one \(destroyed/,
    happen: (device) => device.destroy(),
    where: /./,
  },
  engine: {
    sentence: /: the engine must not be destroyed, got a destroyed one$/,
    happen: (_, engine) => engine.destroy(),
    where: new RegExp(`^after |^${BETWEEN}`),
  },
};

const START = { seed: 5n, stream: 6n, position: 2n ** 34n - 500n };

/** Plays a scenario on a new device; at one of its steps the fault happens. */
async function play(scenario: Scenario, { happen }: Fault, fatal = -1) {
  const device = await requestDevice();
  const uncaptured: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => uncaptured.push(error.message));
  const live = watchBuffers(device);
  // Native math is not verified, which takes seconds; the words are the same.
  const engine = createNoiseEngine(device, { ...START, math: 'native' });
  const errors: Error[] = [];
  let { position } = START;
  const steps: string[] = [];
  await atEachStep(
    (step, name) => {
      steps.push(name);
      if (step === fatal) happen(device, engine);
    },
    (between) =>
      scenario(device, engine, async (body) => {
        try {
          between();
          const result = await body();
          // What ran has moved the engine on, what was refused has not.
          if ((result as StreamState | undefined)?.position === position) position += BigInt(COUNT);
          return result;
        } catch (error) {
          errors.push(error as Error);
          return undefined;
        }
      }),
  );
  const saved = engine.state;
  engine.destroy();
  device.destroy();
  return { steps, errors, uncaptured, live: live.labels, saved, position };
}

describe.each(Object.entries(scenarios))('a program that %s', (_, scenario) => {
  it.each(['device', 'engine'] as const)(
    'may lose its %s at every call and every await',
    async (kind) => {
      const fault = faults[kind];
      const whole = await play(scenario, fault);
      expect(whole.errors).toEqual([]);
      for (let fatal = 0; fatal < whole.steps.length; fatal++) {
        if (!fault.where.test(whole.steps[fatal]!)) continue;
        const { steps, errors, uncaptured, live, saved, position } = await play(
          scenario,
          fault,
          fatal,
        );
        const wrong = errors.filter(
          ({ message }) => !CALL.test(message) || !fault.sentence.test(message),
        );
        const place = `step ${fatal}, ${steps[fatal]}`;
        expect({ place, wrong, uncaptured, live }).toEqual({
          place,
          wrong: [],
          uncaptured: [],
          live: [],
        });
        await expectGoesOn(saved, { ...START, position });
        await expectQuiet();
      }
    },
  );
});
