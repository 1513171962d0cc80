import type { Contest, Entry } from '../../bench/suite/index.mjs';
import { entryOf, ratio, secondsOf } from '../../bench/suite/statistics.mjs';
import { find } from '../layout/find.js';

/** Three digits, without an exponent. */
const three = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

const rateOf = ({ elements }: Contest, entry: Entry) => elements / secondsOf(entry);

/** Says what a contest found: in short, and entry by entry. */
export function report(contest: Contest): void {
  const exact = entryOf(contest, 'exact');
  const native = entryOf(contest, 'native');
  const of = (kind: string) => contest.entries.find((entry) => entry.kind === kind);
  const [limit, cpu, unfused] = [of('limit'), of('cpu'), of('unfused')];
  const rows: [string, string | undefined][] = [
    ['Exact, million elements per second', exact && three(rateOf(contest, exact) / 1e6)],
    [
      `Of what memory allows (${limit?.name})`,
      exact && limit && `${three(100 * ratio(limit, exact))} %`,
    ],
    ['Time, exact to native', exact && native && `${three(ratio(exact, native))} ×`],
    ['Time, JavaScript to exact', exact && cpu && `${three(ratio(cpu, exact, 'wall'))} ×`],
    ['Time, unfused to exact', exact && unfused && `${three(ratio(unfused, exact))} ×`],
  ];
  find('facts', HTMLElement).replaceChildren(
    ...rows.flatMap(([what, value]) => (value ? [fact(what, value)] : [])),
  );
  find('rates', HTMLTableSectionElement).replaceChildren(
    ...contest.entries.map((entry) => {
      const isNoise = entry !== limit;
      return line(entry.name, [
        three(rateOf(contest, entry) / 1e6),
        limit && isNoise ? `${three(100 * ratio(limit, entry))} %` : '',
        exact ? `${three(ratio(entry, exact))} ×` : '',
      ]);
    }),
    ...contest.missing.map(({ name, reason }) => line(name, ['not measured', '', reason])),
  );
}

function fact(what: string, value: string): HTMLElement {
  const element = document.createElement('div');
  const [term, detail] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = what;
  detail.textContent = value;
  element.append(term, detail);
  return element;
}

function line(name: string, cells: readonly string[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = name;
  row.append(head);
  for (const text of cells) row.insertCell().textContent = text;
  return row;
}
