import { findGPU, isSoftware, message, watchLoss } from '../gpu/device.js';
import { find } from '../layout/find.js';
import { notify, quiet } from '../layout/notices.js';
import { type Card, createCard } from './card.js';
import { recipes, SEED } from './index.js';
import { perform } from './perform.js';

let device: GPUDevice | undefined;
/** Ends the recipe that is under way. */
let stopper: AbortController | undefined;

const cards = Object.entries(recipes).map(([name, recipe]) => {
  const card = createCard(name, recipe, {
    run: () => void run(card),
    stop: () => stopper?.abort(new Error('stopped')),
  });
  find('recipes', HTMLElement).append(card.element);
  return card;
});

/** Finds the GPU; again, after it was lost. */
async function start(): Promise<void> {
  const found = await findGPU({ features: ['timestamp-query'] });
  if (!('device' in found)) return notify(`${found.why} This page computes on the GPU alone.`);
  device = found.device;
  watchLoss(device, lost);
  quiet();
  const slow = isSoftware(device) ? ', which is software: some take half a minute' : '';
  find('status', HTMLElement).textContent = `on ${found.name}${slow}`;
  showReady();
}

function lost(why: string): void {
  stopper?.abort(new Error('the GPU was lost'));
  device = undefined;
  showReady();
  const again = { label: 'Restart', act: () => void start() };
  notify(`The GPU was lost${why && ` (${why})`}.`, 'error', again);
}

/** One recipe runs at a time: they share the framework. */
function showReady(): void {
  for (const card of cards) card.allow(device !== undefined && stopper === undefined);
}

async function run(card: Card): Promise<void> {
  if (!device || stopper) return;
  const own = new AbortController();
  stopper = own;
  showReady();
  card.begin();
  try {
    card.show(
      await perform(card.recipe, {
        device,
        seed: SEED,
        signal: own.signal,
        progress: (done) => card.progress(done),
      }),
    );
  } catch (error) {
    card.fail(own.signal.aborted ? message(own.signal.reason) : message(error));
  } finally {
    stopper = undefined;
    showReady();
  }
}

await start();
