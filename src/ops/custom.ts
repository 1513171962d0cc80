import { choice, entriesOf, finite, show } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { reservedWords } from '../reserved.js';
import {
  drawOptions,
  NORMAL_DRAW_FIELDS,
  type NormalDraw,
  type NormalDrawOptions,
} from './draw.js';
import { type Draws, type OpKind, opFields } from './op.js';

/** A step of one's own: x ← what its WGSL and its reference say. */
export interface CustomOp extends NormalDraw {
  readonly op: 'custom';
  readonly wgsl: string;
  readonly reference: CustomReference;
  readonly draws: Draws;
  readonly parameters: { readonly [name: string]: Parameter };
}

/** The next x from x, the draw (0 if there is none), and the parameters in their order. */
export type CustomReference = (x: number, draw: number, ...parameters: number[]) => number;

/**
 * A step of one's own in a chain, fused like any other.
 *
 * @param options
 * - `wgsl`: the body of a function that returns the next x of four elements, a vec4f. It sees
 *   `x: vec4f`, `z: vec4f` (standard normals) or `words: vec4u` where it draws, and each parameter
 *   as a vec4f by its name. The functions of shaders/lib/float.wgsl and lib/barrier may be called:
 *   `barrier_quad(a * b) + c` keeps the bits the same on every device.
 * - `reference`: the same for one element on the CPU; its result is rounded to f32
 * - `draws`: 'nothing' (default), 'normal' or 'bits': one sample per element
 * - `parameters`: up to four, by name, each like those of other ops; names are WGSL's, but `x`, `z`,
 *   `words`, and the words that WGSL reserves
 * @throws {TypeError | RangeError} when one is none of these. WGSL that does not compile is told by
 * `ready()`, with its line.
 */
export function custom(
  options: {
    wgsl: string;
    reference: CustomReference;
    draws?: Draws;
    parameters?: { readonly [name: string]: Parameter };
  } & NormalDrawOptions,
): CustomOp {
  const given = opFields('custom', options, [
    'wgsl',
    'reference',
    'draws',
    'parameters',
    ...NORMAL_DRAW_FIELDS,
  ]);
  const { wgsl, reference, draws = 'nothing', parameters = {} } = given;
  if (typeof wgsl !== 'string') {
    throw new TypeError(`custom: wgsl must be a string, got ${show(wgsl)}`);
  }
  const imported = /^#import.*$/m.exec(wgsl);
  if (imported) {
    throw new TypeError(
      `custom: wgsl must be a function's body, without imports, got ${show(imported[0])}`,
    );
  }
  if (typeof reference !== 'function') {
    throw new TypeError(`custom: reference must be a function, got ${show(reference)}`);
  }
  if (draws === 'nothing' && (given.share !== undefined || given.apply !== undefined)) {
    throw new TypeError('custom: share and apply need a step that draws, got draws "nothing"');
  }
  if (draws !== 'normal' && given.channels !== undefined) {
    throw new TypeError(
      `custom: channels needs a step that draws "normal", got draws ${show(draws)}`,
    );
  }
  return Object.freeze({
    op: 'custom',
    wgsl,
    reference: reference as CustomReference,
    draws: choice<Draws>('custom', 'draws', draws, ['nothing', 'normal', 'bits']),
    parameters: checkParameters(parameters),
    ...drawOptions('custom', given),
  });
}

function checkParameters(given: unknown): CustomOp['parameters'] {
  const entries = entriesOf('custom', 'parameters', given);
  if (entries.length > 4) {
    throw new RangeError(`custom: parameters must be at most 4, got ${entries.length}`);
  }
  for (const [name] of entries) {
    const isTaken = ['x', 'z', 'words'].includes(name) || reservedWords.has(name);
    if (/^[a-z][a-z0-9_]*$/i.test(name) && !isTaken) continue;
    throw new RangeError(
      "custom: a parameter's name must be a WGSL name but x, z, words and what WGSL reserves, got " +
        show(name),
    );
  }
  const checked = entries.map(([name, value]) => [
    name,
    parameter('custom', `parameters.${name}`, value, finite),
  ]);
  return Object.freeze(Object.fromEntries(checked));
}

/** Names for the functions of different steps, by their text. */
const names = new Map<string, string>();

function textOf({ wgsl, draws, parameters }: CustomOp): string {
  const draw = { nothing: [], normal: ['z: vec4f'], bits: ['words: vec4u'] }[draws];
  const inputs = ['x: vec4f', ...draw, ...Object.keys(parameters).map((name) => `${name}: vec4f`)];
  // The body's first line stays the first, so that messages of the compiler count as its author does.
  return `(${inputs.join(', ')}) -> vec4f { ${wgsl}\n}\n#import barrier\n#import lib/float\n`;
}

function nameOf(op: CustomOp): string {
  const text = textOf(op);
  const name = names.get(text) ?? `custom_${names.size + 1}`;
  names.set(text, name);
  return name;
}

export const customKind: OpKind<CustomOp> = {
  source: false,
  draws: ({ draws }) => draws,
  yields: 'numbers',
  check: custom,
  shader: nameOf,
  wgsl: (op) => ({ path: nameOf(op), text: `fn ${nameOf(op)}_quad${textOf(op)}` }),
  parameters: ({ parameters }) => parameters,
  reference:
    ({ reference }) =>
    (...inputs) =>
      Math.fround(reference(...inputs)),
};
