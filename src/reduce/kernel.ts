import type { Format } from '../format.js';
import type { Barrier } from '../kernel.js';
import { type LinkedWGSL, link } from '../link.js';
import { shaders } from '../shaders.js';

/** A pass over the groups of a range: a file of shaders/reduce. */
export type Reduction = 'extremes' | 'moments' | 'histogram';

/** The kernel of a pass, linked from `shaders/`. */
export function reduceKernel(reduction: Reduction, format: Format, barrier: Barrier): LinkedWGSL {
  const chosen: Record<string, string> = {
    reduction: `reduce/${reduction}`,
    format: `format/${format}`,
    rounding: 'format/rounding/nearest',
    source: 'lib/source/other',
    barrier: `lib/barrier/${barrier}`,
    'lib/params': 'lib/reduce/params',
  };
  return link('kernel/reduce', (name) => shaders.get(chosen[name] ?? name));
}

/** A name for the kernel of a pass: equal names, equal code. */
export function reduceName(reduction: Reduction, format: Format, barrier: Barrier): string {
  return `${reduction} (${format}, ${barrier})`;
}
