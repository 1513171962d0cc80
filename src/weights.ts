import { fields } from './check.js';
import type { Format } from './format.js';
import { NORMAL_DRAW_FIELDS } from './ops/draw.js';
import { type PerturbOp, perturb } from './ops/perturb.js';
import { type ChainOptions, type ChainSettings, chainSettings } from './plan.js';
import type { At } from './stream.js';
import type { Range, ResolvedRange, Target } from './target.js';
import { type ListTrait, resolveTensors, type Tensors } from './targets.js';

/** The fields of the op: `std`, `relative`, `sign`, `share`, `apply`, `channels`. */
type PerturbFields = Parameters<typeof perturb>[0];

/** Options of `engine.perturb`: those of the op `perturb`, of a chain, and of a run. */
export interface PerturbOptions<B> extends ChainOptions, Readonly<PerturbFields> {
  /** Where in the noise to draw, as for `chain.run`. */
  readonly at?: At;
  /** Where the noisy weights go, in tensors of the same counts. Default: in place. */
  readonly into?: Tensors<B>;
}

/** A perturbation as a chain and a run of it. */
export interface Perturbation<B> {
  readonly op: PerturbOp;
  readonly settings: ChainSettings;
  readonly targets: readonly Target<B>[];
  readonly options: { readonly at?: At };
}

const NAMES = ['std', 'relative', 'sign', ...NORMAL_DRAW_FIELDS, 'at', 'into'] as const;
const CHAIN_NAMES = ['format', 'math', 'rounds', 'rounding'] as const;

/**
 * What `engine.perturb` does, on any engine: one op over a list of tensors.
 *
 * @throws {TypeError | RangeError} naming the field and the value
 */
export function perturbation<B>(
  tensors: unknown,
  options: unknown,
  defaults: ChainSettings,
  buffers: (format: Format) => ListTrait<B>,
): Perturbation<B> {
  const call = 'perturb';
  const given = fields(call, options, [...NAMES, ...CHAIN_NAMES]);
  const { std, relative, sign, share, apply, channels, at, into, ...rest } = given;
  const settings = chainSettings(call, rest, defaults);
  const trait = buffers(settings.format);
  const from = resolveTensors(call, 'tensors', tensors, trait).map(rangeOf);
  const to =
    into === undefined ? undefined : resolveTensors(call, 'into', into, trait).map(rangeOf);
  if (to) checkCounts(from, to);
  return {
    op: perturb({ std, relative, sign, share, apply, channels } as PerturbFields),
    settings,
    targets: from.map((source, i) => (to ? { source, target: to[i]! } : source)),
    options: at === undefined ? {} : { at: at as At },
  };
}

/** A checked range as a run takes it. */
function rangeOf<B>({ buffer, offset, count, shape }: ResolvedRange<B>): Range<B> {
  return { buffer, offset, count, ...(shape && { shape }) };
}

function checkCounts(from: readonly Range<unknown>[], to: readonly Range<unknown>[]): void {
  if (from.length !== to.length) {
    throw new RangeError(
      `perturb: into must hold as many tensors as tensors, got ${to.length} and ${from.length}`,
    );
  }
  const index = to.findIndex(({ count }, i) => count !== from[i]!.count);
  if (index < 0) return;
  throw new RangeError(
    `perturb: into[${index}] must have the count of tensors[${index}], got ${to[index]!.count} and ` +
      `${from[index]!.count}`,
  );
}
