// Puts results next to each other, such as those of the suite and of CUDA on the same GPU:
// `node bench/beside.mjs one.json another.json`. Rows and sizes that both have are shown.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { secondsOf } from './suite/statistics.mjs';
import { power } from './suite/table.mjs';

const paths = process.argv.slice(2);
if (paths.length < 2) {
  console.error(`beside.mjs: at least two files of results must be given, got ${paths.length}`);
  process.exit(2);
}

const all = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')));
const key = ({ row, elements }) => `${row} ${elements}`;
const shared = all[0].contests.filter((contest) =>
  all.every(({ contests }) => contests.some((other) => key(other) === key(contest))),
);
for (const { row, title, elements } of shared) {
  console.log(`${title}, ${power(elements)} elements`);
  const lines = all.flatMap(({ contests, adapter, runtime }) => {
    const { entries } = contests.find((contest) => key(contest) === key({ row, elements }));
    return entries.map((entry) => ({
      rate: elements / secondsOf(entry) / 1e6,
      text: `${entry.name} (${runtime}, ${adapter}, ${entry.gpu ? 'GPU time' : 'wall time'})`,
    }));
  });
  for (const { rate, text } of lines.sort((a, b) => b.rate - a.rate)) {
    console.log(`  ${rate.toPrecision(4).padStart(9)} M elements/s  ${text}`);
  }
  console.log();
}
