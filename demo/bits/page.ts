import { FEATURES } from '../../test/table/check.mjs';
import { findGPU, message, watchLoss } from '../gpu/device.js';
import { find } from '../layout/find.js';
import { notify, notifyLoss, quiet } from '../layout/notices.js';
import { createGPUProver } from './gpu.js';
import committed from './hashes.json';
import { BLOCKS, CODE, COUNT, hex, wholeHash } from './proof.js';
import type { Prover } from './prover.js';
import { checkTableOn } from './table.js';

const run = find('run', HTMLButtonElement);
const stop = find('stop', HTMLButtonElement);
const progress = find('progress', HTMLProgressElement);
const map = find('blocks', HTMLElement);
const verdict = find('verdict', HTMLElement);

let prover: Prover | undefined;
let stopped = false;

find('chain', HTMLElement).textContent = CODE;
find('expected', HTMLElement).textContent = committed.hash;
const cells = Array.from({ length: BLOCKS }, () => document.createElement('i'));
map.append(...cells);
run.addEventListener('click', () => void prove());
stop.addEventListener('click', () => {
  stopped = true;
});
/** Finds who computes; again, after the GPU was lost. */
async function start(): Promise<void> {
  const found = await findGPU({ features: FEATURES });
  if ('device' in found) {
    prover = createGPUProver(found);
    checkTableOn(found);
    watchLoss(found.device, lost);
    quiet();
  } else {
    const { createCPUProver } = await import('./cpu.js');
    prover = createCPUProver();
    notify(`${found.why} Until then the processor computes the numbers, more slowly.`);
  }
  find('name', HTMLElement).textContent = prover.name;
  run.disabled = false;
}

function lost(why: string): void {
  prover?.destroy();
  prover = undefined;
  run.disabled = true;
  checkTableOn(undefined);
  notifyLoss(why, start);
}

/** Computes block after block, and says how it ended. */
async function prove(): Promise<void> {
  if (!prover) return;
  const by = prover;
  begin();
  try {
    const blocks = await hashAll(by);
    if (blocks.length < BLOCKS) say('note', `Stopped after ${blocks.length} of ${BLOCKS} blocks`);
    else await judge(by, blocks);
  } catch (error) {
    say('note', 'Not finished');
    // A lost GPU has been told of already.
    if (prover === by) notify(`The proof could not be finished: ${message(error)}.`, 'error');
  }
  run.disabled = prover === undefined;
  stop.disabled = true;
}

function begin(): void {
  stopped = false;
  run.disabled = true;
  stop.disabled = false;
  progress.value = 0;
  say('note', 'Computing');
  for (const id of ['computed', 'time']) find(id, HTMLElement).textContent = '–';
  for (const cell of cells) cell.className = '';
}

/** The blocks' hashes; fewer when stopped. */
async function hashAll(by: Prover): Promise<number[]> {
  const start = performance.now();
  const blocks: number[] = [];
  while (blocks.length < BLOCKS && !stopped) {
    for (const hash of await by.hashes(blocks.length)) {
      const isSame = hex(hash) === committed.blocks[blocks.length];
      cells[blocks.length]!.className = isSame ? 'same' : 'different';
      blocks.push(hash);
    }
    progress.value = blocks.length;
  }
  const seconds = (performance.now() - start) / 1000;
  if (blocks.length === BLOCKS) {
    const rate = (COUNT / seconds / 1e6).toPrecision(3);
    find('time', HTMLElement).textContent = `${seconds.toFixed(2)} s, ${rate} million per second`;
  }
  return blocks;
}

async function judge(by: Prover, blocks: number[]): Promise<void> {
  const hash = hex(wholeHash(blocks));
  find('computed', HTMLElement).textContent = hash;
  const wrong = blocks.findIndex((block, i) => hex(block) !== committed.blocks[i]);
  const count = COUNT.toLocaleString('en-US');
  if (wrong < 0 && hash === committed.hash) {
    return say('same', `All ${count} numbers are the same, bit for bit, on ${by.name}`);
  }
  const { firstDifference } = await import('./difference.js');
  const found = await firstDifference(wrong, await by.words(wrong));
  const detail = found
    ? `number ${found.element.toLocaleString('en-US')} must be ${shown(found.expected)}, got ${shown(found.received)}`
    : `block ${wrong} had other bits, but not when computed again`;
  say('different', `Not the same on ${by.name}: ${detail}`);
}

/** A word, and the f32 that it stands for. */
function shown(word: number): string {
  return `0x${hex(word)} (${new Float32Array(Uint32Array.of(word).buffer)[0]})`;
}

function say(kind: 'same' | 'different' | 'note', text: string): void {
  verdict.className = `verdict ${kind}`;
  verdict.textContent = text;
  const same = cells.filter(({ className }) => className === 'same').length;
  const different = cells.filter(({ className }) => className === 'different').length;
  map.setAttribute('aria-label', `${same} of ${BLOCKS} blocks are the same, ${different} differ`);
}

await start();
