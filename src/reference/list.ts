import { spreadSamples } from '../draws.js';
import type { Plan, Stage } from '../plan.js';
import { measuredGroups } from '../reduce/statistic.js';
import type { StreamState } from '../stream.js';
import type { ResolvedTarget } from '../target.js';
import { placed } from '../targets.js';
import { stageOn } from './apply.js';
import { type ReferenceArray, slice } from './arrays.js';
import { storedFormats } from './format.js';
import { statistics } from './statistic.js';

/**
 * Applies a chain to the elements of all targets as to those of one flat vector: stage after stage, each
 * on what the one before it has stored.
 *
 * @returns how many samples it draws
 */
export function applyToTargets(
  call: string,
  plan: Plan,
  list: readonly ResolvedTarget<ReferenceArray>[],
  at: StreamState,
): bigint {
  const targets = list.filter(({ target }) => target.count > 0);
  let drawn = 0n;
  const stages = plan.stages.map((stage, index) => {
    const read = index === 0 ? targets : targets.map(({ target }) => ({ target }));
    const done = prepareStage(call, stage, read, at, drawn);
    drawn = done.drawn;
    return done.apply;
  });
  for (const apply of stages) apply();
  return drawn;
}

/** Checks what a stage is asked to do. */
function prepareStage(
  call: string,
  stage: Stage,
  targets: readonly ResolvedTarget<ReferenceArray>[],
  at: StreamState,
  before: bigint,
): { readonly apply: () => void; readonly drawn: bigint } {
  const ranges = placed(targets.map(({ target }) => target));
  const { samples, drawn } = spreadSamples(call, stage, ranges, before);
  const { statistic } = stage;
  const name = `${stage.ops[0]!.op}.axis`;
  const { measured = [] } = statistic ? measuredGroups(call, name, statistic, ranges) : {};
  const written = new Set(targets.map(({ target }) => target.buffer.buffer));
  const applies = ranges.map((elements, i) =>
    stageOn(call, stage, { elements, samples: samples[i]!, measured: measured[i], written }, at),
  );
  const { load } = storedFormats[stage.format];
  const apply = () => {
    const from = targets.map(({ target, source = target }) => slice(source));
    const numbers = from.map((elements) => Float32Array.from(elements, load));
    const found = statistic ? statistics(statistic, numbers, measured) : new Float32Array();
    for (const [i, { target }] of targets.entries()) applies[i]!(from[i]!, slice(target), found);
  };
  return { apply, drawn };
}
