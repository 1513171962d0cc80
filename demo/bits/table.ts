import * as index from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { type Checked, cellsOf, checkCells, type Table } from '../../test/table/check.mjs';
import committed from '../../test/table/hashes.json';
import { type GPUFound, message } from '../gpu/device.js';
import { find } from '../layout/find.js';
import { createMatrix } from './matrix.js';

const library = { ...index, createReferenceEngine };
const table = committed as unknown as Table;
const cells = cellsOf(table);

const run = find('run-table', HTMLButtonElement);
const stop = find('stop-table', HTMLButtonElement);
const progress = find('table-progress', HTMLProgressElement);
const verdict = find('table-verdict', HTMLElement);
const matrix = createMatrix(find('matrix', HTMLTableElement), table);

let found: GPUFound | undefined;
let stopped = false;

progress.max = cells.length;
run.addEventListener('click', () => void check());
stop.addEventListener('click', () => {
  stopped = true;
});

/** Says on which GPU to compute the table; none, while there is none. */
export function checkTableOn(gpu: GPUFound | undefined): void {
  found = gpu;
  run.disabled = gpu === undefined;
}

/** Computes cell after cell, and says how it ended. */
async function check(): Promise<void> {
  if (!found) return;
  const { device, name } = found;
  begin();
  const checked: Checked[] = [];
  try {
    for await (const cell of checkCells(device, library, cells)) {
      checked.push(cell);
      matrix.show(cell);
      progress.value = checked.length;
      if (stopped) break;
    }
    judge(checked, name);
  } catch (error) {
    say('note', `Not finished: ${message(error)}`);
  }
  run.disabled = found === undefined;
  stop.disabled = true;
}

function begin(): void {
  stopped = false;
  run.disabled = true;
  stop.disabled = false;
  progress.value = 0;
  matrix.clear();
  say('note', 'Computing');
}

function judge(checked: readonly Checked[], name: string): void {
  const wrong = checked.filter(({ difference }) => difference);
  const absent = checked.filter(({ missing }) => missing);
  const but = absent[0] ? `; ${absent.length} are not there without ${absent[0].missing}` : '';
  const [first] = wrong;
  if (first) {
    const all = `${wrong.length} of ${checked.length} cells are not the same on ${name}`;
    say('different', `${all}: ${first.name} in ${first.column}: ${first.difference}`);
  } else if (checked.length < cells.length) {
    const all = absent.length ? 'all that are there the same' : 'all of them the same';
    say('note', `Stopped after ${checked.length} of ${cells.length} cells, ${all}`);
  } else {
    const { length } = checked.filter(({ missing }) => !missing);
    say('same', `All ${length} cells are the same, bit for bit, on ${name}${but}`);
  }
}

function say(kind: 'same' | 'different' | 'note', text: string): void {
  verdict.className = `verdict ${kind}`;
  verdict.textContent = text;
}
