import { expect, it } from 'vitest';
import {
  createNoiseEngine,
  type EngineOptions,
  type NoiseEngine,
  type StreamState,
} from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { watchBuffers } from '../gpu/live.js';
import { COUNT, DRAW, testAftermath, WORDS } from './aftermath.js';
import { atEachStep, BETWEEN } from './interrupt.js';

const { expectGoesOn, expectQuiet } = await testAftermath();
const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
const CALL = /^(chain|run|encode|ready|verify|read|measure|snapshot|save|restore): /;

/** What a program does; `call` notes what a call of the library's throws, and goes on. */
type Scenario = (
  device: GPUDevice,
  engine: NoiseEngine,
  call: <T>(body: () => T | Promise<T>) => Promise<T | undefined>,
) => Promise<void>;

/** Which steps of a verification to play: 'all' of them, or those with these numbers. See README.md. */
const { FAULT_STEPS } = process.env;
const HOUR = 3_600_000; // milliseconds
const SAMPLE = 2;

const everyStep = (steps: readonly number[]) => steps;

/** As many as there is time for in every run, evenly spaced, from a random one on. */
function someSteps(steps: readonly number[]): readonly number[] {
  if (FAULT_STEPS === 'all') return steps;
  if (FAULT_STEPS) return steps.filter((step) => FAULT_STEPS.split(',').includes(String(step)));
  const stride = Math.floor(steps.length / SAMPLE);
  const first = Math.floor(Math.random() * stride);
  return Array.from({ length: SAMPLE }, (_, i) => steps[first + i * stride]!);
}

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

/** Exact math is verified once per device, by kernels of its own, when a first chain gets ready. */
const verifies: Scenario = async (device, engine, call) => {
  const target = bufferOn(device);
  const chain = await call(() => engine.chain(DRAW, WORDS));
  await Promise.all([call(() => chain?.ready()), call(() => chain?.run(target))]);
  await call(() => engine.verify());
  await call(() => engine.read(target));
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
async function play(scenario: Scenario, math: EngineOptions['math'], fault?: Fault, fatal = -1) {
  const device = await requestDevice();
  const uncaptured: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => uncaptured.push(error.message));
  const live = watchBuffers(device);
  const engine = createNoiseEngine(device, { ...START, math });
  const errors: Error[] = [];
  let { position } = START;
  const steps: string[] = [];
  await atEachStep(
    (step, name) => {
      steps.push(name);
      if (step === fatal) fault?.happen(device, engine);
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

/** Plays a scenario with each fault at each of the steps where it can happen, or those `chosen` of them. */
async function playAll(scenario: Scenario, math: EngineOptions['math'], chosen = everyStep) {
  const whole = await play(scenario, math);
  expect(whole.errors).toEqual([]);
  let plays = 0;
  for (const [kind, fault] of Object.entries(faults)) {
    const possible = whole.steps.flatMap((name, step) => (fault.where.test(name) ? [step] : []));
    for (const fatal of chosen(possible)) {
      plays++;
      const played = await play(scenario, math, fault, fatal);
      const { steps, errors, uncaptured, live, saved, position } = played;
      const wrong = errors.filter(
        ({ message }) => !CALL.test(message) || !fault.sentence.test(message),
      );
      const place = `${kind} lost at step ${fatal}, ${steps[fatal]}`;
      expect({ place, wrong, uncaptured, live }).toEqual({
        place,
        wrong: [],
        uncaptured: [],
        live: [],
      });
      await expectGoesOn(saved, { ...START, position });
      await expectQuiet();
    }
  }
  expect(plays).toBeGreaterThan(0);
}

const PROMISE = 'may lose its device or its engine at every call and every await';

it.each(Object.entries(scenarios))(`a program that %s ${PROMISE}`, async (_, scenario) => {
  // Native math is not verified, which takes seconds; the words are the same.
  await playAll(scenario, 'native');
});

const timeout = FAULT_STEPS ? HOUR : undefined;

it(`a program whose device is verified ${PROMISE}`, { timeout }, async () => {
  await playAll(verifies, 'exact', someSteps);
});
