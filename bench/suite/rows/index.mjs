// The rows of the table, in its order.
import { add } from './add.mjs';
import { chain4, chain8 } from './chain.mjs';
import { clip, clipBytes } from './clip.mjs';
import { encode } from './encode.mjs';
import { fill, fillBytes, fillHalves } from './fill.mjs';
import { measure } from './measure.mjs';
import { perturb } from './perturb.mjs';
import { read } from './read.mjs';
import { scale } from './scale.mjs';
import { uniform, uniformBytes, uniformHalves } from './uniform.mjs';

/**
 * A row: `name`; `title`; `bytes(elements)` that a run must read and write; `contestants(bench)`;
 * `tasks` that yardsticks are asked for; `expected` moments of the output of one run from zeros;
 * `series`, if it is to be measured at many sizes; `sizes(asked)`, if it chooses them itself.
 */
export const rows = [
  fill,
  fillHalves,
  fillBytes,
  uniform,
  uniformHalves,
  uniformBytes,
  add,
  clip,
  clipBytes,
  chain4,
  chain8,
  perturb,
  measure,
  read,
  encode,
  scale,
];
