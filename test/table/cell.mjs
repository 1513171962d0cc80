// What a cell of the table stands for, whatever its memory is.
import { references } from './references.mjs';

export const FORMATS = {
  f32: { bytes: 4, Elements: Float32Array },
  f16: { bytes: 2, Elements: Uint16Array },
  bf16: { bytes: 2, Elements: Uint16Array },
  u8: { bytes: 1, Elements: Uint8Array },
  i8: { bytes: 1, Elements: Int8Array },
  unorm8: { bytes: 1, Elements: Uint8Array },
  u32: { bytes: 4, Elements: Uint32Array },
};

/** A bit of the exponent of each element in a word. */
const EXPONENT_BITS = { f32: 0x20000000, f16: 0x20002000, bf16: 0x20002000 };

/** Makes floats finite: without this bit of their exponents they are neither infinite nor NaN. */
export function makeFinite(format, words) {
  const bits = EXPONENT_BITS[format] ?? 0;
  for (let i = 0; i < words.length; i++) words[i] &= ~bits;
}

export function randomWords({ bits, createReferenceEngine }, count, seed) {
  const words = new Uint32Array(count);
  createReferenceEngine({ seed }).chain([bits()], { format: 'u32' }).run(words);
  return words;
}

/** What of a chain's options a column of the table stands for, such as 'u8' or 'u8 truncate'. */
export function optionsOf(column, { rounds } = {}) {
  const [format, rounding] = column.split(' ');
  return { format, ...(rounding && { rounding }), ...(rounds && { rounds }) };
}

/** A row's chain. JSON has no functions: the references of `custom` are there by name. */
export function chainOf(engine, { row, column }) {
  const ops = row.ops.map((op) =>
    op.op === 'custom' ? { ...op, reference: references[op.reference] } : op,
  );
  return engine.chain(ops, optionsOf(column, row));
}
