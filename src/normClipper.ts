import { gpuBuffers } from './buffer.js';
import { type ClipNormOptions, clipNormFields, clipNormGroups } from './clipNorm.js';
import type { Failures } from './failures.js';
import { formats } from './format.js';
import type { Pass } from './reduce/kernel.js';
import { reducePipelines } from './reduce/pipeline.js';
import { NORM_WORDS } from './reduce/record.js';
import { type ReducerHost, reduceOnGPU } from './reduce/reducer.js';
import { type Range, resolveRange } from './target.js';

interface NormClipperHost extends ReducerHost {
  readonly failures: Failures;
}

const PASSES: readonly Pass[] = ['extremes', 'squares', 'norm', 'scale'];

/** `clipNorm` on a GPU: norms are found and used there, nothing is read back. */
export function createNormClipper(host: NormClipperHost) {
  const { device, barrier, failures } = host;
  const call = 'clipNorm';

  return (range: GPUBuffer | Range<GPUBuffer>, options: ClipNormOptions): void => {
    failures.assertUsable(call);
    const given = clipNormFields(options);
    const { format, max: limit } = given;
    const trait = gpuBuffers(formats[format].bytes, 'STORAGE');
    const resolved = resolveRange(call, 'target', range, trait);
    const groups = clipNormGroups(given, resolved.count);
    const kind = { format, passes: PASSES, words: NORM_WORDS, limit };
    const none = { bins: 0, edges: new Float32Array() };
    const { refusal } = failures.attempt(call, () =>
      reduceOnGPU(host, { range: resolved, groups, ...kind, ...none }).destroy(),
    );
    const compiled = PASSES.map((pass) =>
      reducePipelines(device).of(pass, format, barrier).failure(call),
    );
    const answers = Promise.all([...compiled, refusal]);
    failures.remember(answers.then((errors) => errors.find((error) => error)));
  };
}
