import type { Format } from '../format.js';
import type { Barrier } from '../kernel.js';
import { type LinkedWGSL, link } from '../link.js';
import { shaders } from '../shaders.js';

/** Passes that add to the records of groups, by a file of shaders/reduce. */
export type Reduction = 'extremes' | 'moments' | 'histogram' | 'exponents' | 'squares';

/** All passes; `norm` and `rms` make numbers of what the others have left. */
export type Pass = Reduction | 'norm' | 'rms';

/** The kernel of a pass, linked from `shaders/`. */
export function passKernel(pass: Pass, format: Format, barrier: Barrier): LinkedWGSL {
  const chosen: Record<string, string> = {
    reduction: `reduce/${pass}`,
    format: `format/${format}`,
    rounding: 'format/rounding/nearest',
    finish: `reduce/finish/${pass}`,
    source: 'lib/source/other',
    source_quad: 'lib/source/words',
    target: 'lib/target/buffer',
    barrier: `lib/barrier/${barrier}`,
    'lib/params': 'lib/reduce/params',
  };
  const entry = pass === 'norm' || pass === 'rms' ? 'kernel/finish' : 'kernel/reduce';
  return link(entry, (name) => shaders.get(chosen[name] ?? name));
}

/** A name for the kernel of a pass: equal names, equal code. */
export function passName(pass: Pass, format: Format, barrier: Barrier): string {
  return `${pass} (${format}, ${barrier})`;
}
