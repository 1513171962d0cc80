import ts from 'typescript';

/** A way to get code wrong that compiles. */
interface Rule {
  readonly name: string;
  readonly finds: RegExp;
  readonly becomes: (found: RegExpExecArray) => string;
}

/** A change of one thing in a file. */
export interface Mutant {
  readonly file: string;
  /** They count from 1. */
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  /** Where in the text, and what stands there. */
  readonly start: number;
  readonly was: string;
  readonly becomes: string;
}

/** What one token may be mistaken for. */
function swaps(name: string, pairs: Record<string, string>): Rule {
  const escaped = Object.keys(pairs).map((token) => token.replace(/[-+*/&|^<>=!]/g, '\\$&'));
  return {
    name,
    finds: new RegExp(`(?<= )(?:${escaped.join('|')})(?= |$)`, 'gm'),
    becomes: ([token]) => pairs[token]!,
  };
}

function calls(name: string, pairs: Record<string, string>): Rule {
  return {
    name,
    finds: new RegExp(`(?<![\\w.])(?:Math\\.)?(?:${Object.keys(pairs).join('|')})\\(`, 'g'),
    becomes: ([call]) => {
      const [, prefix, name] = /^(Math\.)?(\w+)\($/.exec(call)!;
      const other = pairs[name!]!;
      return other === '' ? '(' : `${prefix ?? ''}${other}(`;
    },
  };
}

/** The f32 next to a hexadecimal one of WGSL, away from 0. */
function nextHexFloat([, digits = '', rest]: RegExpExecArray): string {
  const next = Number.parseInt(`1${digits.padEnd(6, '0')}`, 16) + 2;
  return `0x${next.toString(16).replace(/^(.)/, '$1.')}${rest}`;
}

/** The f32 next to a decimal one, away from 0. */
function nextFloat([, digits, suffix = '']: RegExpExecArray): string {
  const number = Float32Array.of(Number(digits));
  new Uint32Array(number.buffer)[0]! += 1;
  const next = number[0]! < 1e-30 ? '0.000001' : String(number[0]);
  return `${next}${suffix}`;
}

/** Those of WGSL and of TypeScript: both write `-` and `>>` alike. */
const RULES: readonly Rule[] = [
  {
    name: 'a whole number by 1',
    finds: /(?<![\w.])(0x[0-9a-f]{1,8}|\d+)(u|n)?(?![\w.])/g,
    becomes: ([whole, digits, suffix = '']) => {
      // 25-bit mantissas of f32 end in a 0.
      const step = /^0x1[0-9a-f]{6}$/.test(whole) ? 2n : 1n;
      const value = BigInt(digits!) ^ step;
      return `${digits!.startsWith('0x') ? `0x${value.toString(16)}` : value}${suffix}`;
    },
  },
  {
    name: 'a float by an ulp',
    finds: /(?<!\w)0x1(?:\.([0-9a-f]+))?(p[-+]?\d+f?)/g,
    becomes: nextHexFloat,
  },
  { name: 'a float by an ulp', finds: /(?<![\w.])(\d+\.\d+)(f)?(?!\w)/g, becomes: nextFloat },
  swaps('a sign', { '+': '-', '-': '+', '+=': '-=', '-=': '+=' }),
  swaps('an operation on bits', {
    '&': '|',
    '|': '&',
    '^': '|',
    '<<': '>>',
    '>>': '<<',
    '>>>': '>>',
  }),
  swaps('a comparison', {
    '<': '<=',
    '<=': '<',
    '>': '>=',
    '>=': '>',
    '==': '!=',
    '!=': '==',
    '===': '!==',
    '!==': '===',
    '&&': '||',
    '||': '&&',
  }),
  calls('an extreme', { min: 'max', max: 'min', floor: 'ceil', trunc: 'floor' }),
  calls('a rounding', { round: '', fround: '' }),
];

/** The text with comments, strings, imports and attributes blanked: as long as before, line by line. */
function code(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, ' ');
  return text
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/\/\/.*/g, blank)
    .replace(/'[^'\n]*'|`[^`]*`/g, blank)
    .replace(/^(?:import|export \{).*/gm, blank)
    .replace(/@(?:group|binding|workgroup_size)\([^)]*\)/g, blank);
}

/** The places in a file of TypeScript that are types, and so do not run. */
function typesOf(file: string, text: string): readonly (readonly [from: number, to: number])[] {
  if (!file.endsWith('.ts')) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const places: [number, number][] = [];
  const visit = (node: ts.Node) => {
    const isType = ts.isTypeNode(node) || ts.isInterfaceDeclaration(node);
    if (isType || ts.isTypeAliasDeclaration(node)) places.push([node.pos, node.end]);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}

/** All changes of one thing that runs in a file, in the order of their places. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const bare = code(text);
  const types = typesOf(file, text);
  const found = RULES.flatMap(({ name, finds, becomes }) =>
    [...bare.matchAll(finds)].map((match): Mutant => {
      const start = match.index;
      const lines = text.slice(0, start).split('\n');
      const [line, column] = [lines.length, lines.at(-1)!.length + 1];
      return { file, line, column, rule: name, start, was: match[0], becomes: becomes(match) };
    }),
  );
  return found
    .filter(({ start }) => !types.some(([from, to]) => from <= start && start < to))
    .sort((a, b) => a.start - b.start);
}

/** The text with the change made. */
export function mutate(text: string, { start, was, becomes }: Mutant): string {
  return text.slice(0, start) + becomes + text.slice(start + was.length);
}
