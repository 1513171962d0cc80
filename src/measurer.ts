import { gpuBuffers } from './buffer.js';
import type { NoiseEngine } from './engine.js';
import type { Failures } from './failures.js';
import { formats } from './format.js';
import { type MeasureOptions, measureFields, measurementOf, measurePlan } from './measure.js';
import type { Reader } from './read.js';
import type { Pass } from './reduce/kernel.js';
import { reducePipelines } from './reduce/pipeline.js';
import { recordWords } from './reduce/record.js';
import { type ReducerHost, reduceOnGPU } from './reduce/reducer.js';
import { type Range, resolveRange } from './target.js';

interface MeasurerHost extends ReducerHost {
  readonly failures: Failures;
  readonly reader: Reader;
}

/** `measure` on a GPU: reduces there, and reads back the groups' records only. */
export function createMeasurer(host: MeasurerHost) {
  const { device, barrier, failures, reader } = host;
  const call = 'measure';

  async function measure(range: GPUBuffer | Range<GPUBuffer>, options: MeasureOptions = {}) {
    failures.assertUsable(call);
    const given = measureFields(options);
    const { format } = given;
    const trait = gpuBuffers(formats[format].bytes, 'STORAGE');
    const resolved = resolveRange(call, 'target', range, trait);
    const plan = measurePlan(given, resolved.count);
    const { groups, edges } = plan;
    const bins = Math.max(0, edges.length - 1);
    const words = recordWords(bins);
    const passes: Pass[] = ['extremes', 'moments'];
    if (bins > 0) passes.push('histogram');

    const job = { range: resolved, format, groups, passes, words, bins, edges, limit: 0 };
    const { value: records, refusal } = failures.attempt(call, () => reduceOnGPU(host, job));
    const compiled = passes.map((pass) =>
      reducePipelines(device).of(pass, format, barrier).failure(call),
    );
    try {
      const copy = reader.copyOut(call, records, 0, 4 * words * groups.count);
      const [copied, ...errors] = await Promise.all([copy, ...compiled, refusal]);
      const wrong = errors.find((error) => error);
      if (wrong) throw wrong;
      await failures.settle();
      return measurementOf(plan, new Uint32Array(copied));
    } finally {
      records.destroy();
    }
  }

  return measure as NoiseEngine['measure'];
}
