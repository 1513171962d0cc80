import { batteries } from './battery.js';
import { uniformP } from './pvalues.js';
import {
  type DieharderRun,
  type EntRun,
  failures,
  isWeak,
  type OwnRun,
  type Results,
  type TailRun,
} from './results.js';
import { streams, titleOf } from './streams.js';

/** RESULTS.md: every p-value, machine-made. */
export function report(results: Results): string {
  const { library, adapter, machine, dieharder, began, own, tails, dieharderRuns, ent } = results;
  const wrong = failures(results);
  const all = sum(streams.map(({ battery }) => batteries[battery].length));
  const done = dieharderRuns.filter(({ attempt }) => attempt === 0).length;
  const sections = [
    '# Results of the statistical tests',
    'Written by `npm run test:statistics`; [README.md](README.md) says what is tested, and how. The same ' +
      'command gives the same p-values: seeds, positions and bits are fixed. Those that dieharder calls ' +
      'WEAK, below 0.005 or above 0.995, are bold.',
    table(
      ['', ''],
      [
        ['began', began],
        ['webgpu-noise', library],
        ['adapter', adapter],
        ['machine', machine],
        ['dieharder', dieharder ?? 'not installed'],
        ['tests of dieharder', `${done} of ${all} have been run`],
        ['what is wrong', wrong.length > 0 ? wrong.join('; ') : 'nothing'],
      ],
    ),
    ...(dieharderRuns.length > 0 ? [summary(dieharderRuns)] : []),
    ...(own.length > 0 ? [ownSection(own)] : []),
    ...(tails.length > 0 ? [tailSection(tails)] : []),
    ...(ent.length > 0 ? [entSection(ent)] : []),
    ...streams.flatMap((stream) => {
      const runs = dieharderRuns.filter((run) => run.stream === stream.name);
      return runs.length > 0 ? [`## dieharder: ${titleOf(stream)}`, dieharderTable(runs)] : [];
    }),
  ];
  return `${sections.join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
const digits = (p: number) => (p < 1e-4 ? p.toExponential(1) : p.toFixed(4));
const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(bytes < 1e10 ? 2 : 1);

/** How many p-values are WEAK, how many chance makes so, and whether all of them are uniform. */
function summary(runs: readonly DieharderRun[]): string {
  const row = (name: string, of: readonly DieharderRun[]) => {
    const first = of.filter(({ attempt }) => attempt === 0);
    const ps = first.flatMap(({ rows }) => rows.map(({ p }) => p));
    return [
      name,
      `${ps.length}`,
      gigabytes(sum(of.map(({ bytes }) => bytes))),
      `${Math.round(sum(of.map(({ seconds }) => seconds)))}`,
      (ps.length / 100).toFixed(1),
      `${ps.filter(isWeak).length}`,
      digits(uniformP(first.map(({ rows }) => rows.at(-1)!.p))),
    ];
  };
  const lines = streams
    .map(({ name }) => ({ name, of: runs.filter(({ stream }) => stream === name) }))
    .filter(({ of }) => of.length > 0)
    .map(({ name, of }) => row(name, of));
  return [
    '## dieharder: all streams',
    table(
      ['stream', 'p-values', 'GB', 'seconds', 'WEAK expected', 'WEAK', 'p of the last p-values'],
      [...lines, row('all', runs)],
    ),
    'A test with a WEAK p-value is run again on other words, twice at most. What fails is a p-value beyond ' +
      '10⁻⁶ on either side, which dieharder calls FAILED, or one that is WEAK all three times, 10⁻⁶ by ' +
      'chance. The 30 p-values of `sts_serial` are all of the same words, so WEAK ones come in groups. ' +
      'The last column is Kolmogorov and Smirnov’s test that the first runs’ last p-values, which are ' +
      'of different words, are uniform.',
  ].join('\n\n');
}

function dieharderTable(runs: readonly DieharderRun[]): string {
  return table(
    ['test', '`dieharder …`', 'GB', 's', 'p'],
    runs.map(({ args, attempt, rows, bytes, seconds }) => [
      `${rows[0]!.name}${attempt > 0 ? ', again' : ''}`,
      `\`${args}\``,
      gigabytes(bytes),
      seconds.toFixed(0),
      rows.map(({ p }) => (isWeak(p) ? `**${digits(p)}**` : digits(p))).join(' '),
    ]),
  );
}

function ownSection(own: readonly OwnRun[]): string {
  const tests = own[0]!.results.map(({ test }) => test);
  const head = ['p of', ...own.map(({ format }) => format)];
  const rows = tests.map((test, i) => [test, ...own.map(({ results }) => digits(results[i]!.p))]);
  const seconds = own.map(({ seconds }) => seconds.toFixed(0)).join(', ');
  return [
    `## Own tests: ${own[0]!.count.toLocaleString('en')} normals of each format`,
    table(head, [...rows, ['seconds', ...seconds.split(', ')]]),
    'All are two-sided; below 10⁻⁸ a test fails.',
  ].join('\n\n');
}

function tailSection(tails: readonly TailRun[]): string {
  const names = ['< −4 σ', '< −5 σ', '< −6 σ', '> 4 σ', '> 5 σ', '> 6 σ'];
  const rows = tails.flatMap(({ format, count, found, expected, p }) => [
    [`${format}: found`, count.toLocaleString('en'), ...found.map((each) => `${each}`)],
    ['expected', '', ...expected.map((each) => each.toFixed(1))],
    ['p', '', ...p.map(digits)],
  ]);
  return ['## Tails, counted on the GPU', table(['', 'samples', ...names], rows)].join('\n\n');
}

function entSection(ent: readonly EntRun[]): string {
  const rows = ent.map(({ stream, bytes, entropy, chiSquare, mean, pi, correlation, p }) => [
    stream,
    gigabytes(bytes),
    entropy.toFixed(6),
    `${chiSquare.toFixed(2)} (${digits(p.chiSquare)})`,
    `${mean.toFixed(4)} (${digits(p.mean)})`,
    `${pi.toFixed(6)} (${digits(p.pi)})`,
    `${correlation.toFixed(6)} (${digits(p.correlation)})`,
  ]);
  const head = ['`ent -t`, p in brackets', 'GB', 'bits per byte', 'χ²', 'mean', 'π', 'correlation'];
  return ['## ent', table(head, rows)].join('\n\n');
}
