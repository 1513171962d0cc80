// Results as text for a terminal, or Markdown.
import { clockOf, ratio, secondsOf, spread } from './statistics.mjs';

/** A number of elements as a power of two, where it is one. */
export function power(elements) {
  const log = Math.log2(elements);
  return Number.isInteger(log) ? `2^${log}` : String(elements);
}

/** Seconds in the unit that suits them. */
export function duration(seconds) {
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`;
  if (seconds >= 1e-3) return `${(seconds * 1e3).toPrecision(3)} ms`;
  return `${(seconds * 1e6).toPrecision(3)} µs`;
}

/** Three digits, without an exponent. */
const three = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

const HEAD = ['', 'M elements/s', 'wall', 'GPU', 'middle half', '% of limit', 'time / ours'];

/** One contest, a line for each entry. */
export function contestRows(contest) {
  const { entries, elements } = contest;
  const limit = entries.find(({ kind }) => kind === 'limit');
  const ours = entries.find(({ kind }) => kind === 'ours');
  return entries.map((entry) => {
    const count = entry.elements ?? elements;
    const clock = clockOf(entry);
    const seconds = secondsOf(entry, clock);
    return [
      entry.name,
      contest.row === 'encode' ? '' : three(count / seconds / 1e6),
      duration(secondsOf(entry, 'wall')),
      entry.gpu ? duration(secondsOf(entry, 'gpu')) : '',
      `± ${(50 * spread(entry[clock])).toFixed(1)} %`,
      limit && entry !== limit ? `${(100 * ratio(limit, entry)).toFixed(0)} %` : '',
      ours && contest.row !== 'scale' ? ratio(entry, ours).toFixed(2) : '',
    ];
  });
}

export function contestText(contest) {
  const { title, row, elements, missing } = contest;
  const lines = [`${title}, ${power(elements)}${row === 'encode' ? '' : ' elements'}  (${row})`];
  if (contest.entries.length > 0) lines.push(...aligned([HEAD, ...contestRows(contest)]));
  for (const { name, reason } of missing) lines.push(`  ${name}: not measured: ${reason}`);
  return lines.join('\n');
}

export function targetsText(targets) {
  const verdict = ({ reached }) => (reached === undefined ? '–' : reached ? 'yes' : 'NO');
  const rows = targets.map((target) => [
    target.name,
    target.wanted,
    target.measured,
    target.elements ? power(target.elements) : '',
    verdict(target),
    target.note ?? '',
  ]);
  return ['targets', ...aligned([['', 'target', 'measured', 'at', 'reached', ''], ...rows])].join(
    '\n',
  );
}

export function yardsticksText(yardsticks) {
  return yardsticks
    .map(({ name, package: from, version, differs, ran, reason }) => {
      const what = from ? `${name}${version ? ` ${version}` : ''}` : name;
      return `${what}: ${differs}${ran ? '' : `; did not run: ${reason}`}`;
    })
    .join('\n');
}

/** Columns under each other: numbers to the right, the first and notes at the end to the left. */
function aligned(rows) {
  const head = rows[0];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const left = (column) => column === 0 || (column === head.length - 1 && head[column] === '');
  const cell = (text, column) =>
    left(column) ? text.padEnd(widths[column]) : text.padStart(widths[column]);
  return rows.map((row) => `  ${row.map(cell).join('  ')}`.trimEnd());
}
