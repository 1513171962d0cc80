import { gpuBuffers } from './buffer.js';
import type { NoiseEngine } from './engine.js';
import type { Failures } from './failures.js';
import { formats } from './format.js';
import { type MeasureOptions, measureFields, measurementOf, measurePlan } from './measure.js';
import type { Reader } from './read.js';
import { type PassHost, passPipeline } from './reduce/pass.js';
import { measuringPasses, recordsOf } from './reduce/records.js';
import { type Range, resolveRange } from './target.js';
import type { Uniforms } from './uniforms.js';

interface MeasurerHost extends PassHost {
  readonly uniforms: Uniforms;
  readonly failures: Failures;
  readonly reader: Reader;
}

/** `measure` on a GPU: reduces there, and reads back the groups' records only. */
export function createMeasurer(host: MeasurerHost) {
  const { failures, reader } = host;
  const call = 'measure';

  async function measure(range: GPUBuffer | Range<GPUBuffer>, options: MeasureOptions = {}) {
    failures.assertUsable(call);
    const given = measureFields(options);
    const { format } = given;
    const trait = gpuBuffers(formats[format].bytes, 'STORAGE');
    const resolved = resolveRange(call, 'target', range, trait);
    const plan = measurePlan(given, resolved);
    const { value: records, refusal } = failures.attempt(call, () =>
      recordsOf(host, { range: resolved, format, ...plan }),
    );
    const compiled = measuringPasses(plan).map((pass) =>
      passPipeline(host, pass, format, true).failure(call),
    );
    try {
      const copy = reader.copyOut(call, records, 0, records.size);
      copy.catch(() => {}); // what is wrong with the records comes first
      const errors = await Promise.all([...compiled, refusal]);
      const wrong = errors.find((error) => error);
      if (wrong) throw wrong;
      const copied = await copy;
      await failures.settle();
      return measurementOf(plan, new Uint32Array(copied));
    } catch (error) {
      return await failures.explain(call, error);
    } finally {
      records.destroy();
    }
  }

  return measure as NoiseEngine['measure'];
}
