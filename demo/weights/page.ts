import { keepInAddress } from '../controls/address.js';
import { findGPU, message, watchLoss } from '../gpu/device.js';
import { find } from '../layout/find.js';
import { notify, notifyLoss, quiet } from '../layout/notices.js';
import { createControls } from './controls.js';
import digitsAddress from './data/digits.bin?url';
import weightsAddress from './data/weights.bin?url';
import { createPanel as createEvolution } from './evolution/panel.js';
import { createPanel } from './panel.js';
import { fromQuery, type Settings, STEPS, toQuery } from './settings.js';
import { SHOWN } from './shown.js';
import { createTester, type Tester } from './tester.js';

const load = async (address: string) => (await fetch(address)).arrayBuffer();
const [weights, digits] = await Promise.all([load(weightsAddress), load(digitsAddress)]);

const settings = fromQuery(location.search);
const failed = (error: unknown) => notify(`Computing failed: ${message(error)}.`, 'error');
const panel = createPanel(new Uint8Array(digits), settings, failed);
const evolution = createEvolution(settings, failed);
let tester: Tester | undefined;
createControls(settings, settingsChanged);

function settingsChanged(next: Settings): void {
  keepInAddress(toQuery(next));
  void panel.set(next);
  void evolution.set(next);
}

/** Finds the GPU; again, after it was lost. */
async function start(): Promise<void> {
  const found = await findGPU();
  find('work', HTMLElement).hidden = !('device' in found);
  if (!('device' in found)) return notify(`${found.why} This page computes on the GPU alone.`);
  const { device, name } = found;
  watchLoss(device, lost);
  quiet();
  for (const place of document.querySelectorAll('.by')) place.textContent = `by ${name}`;
  tester = createTester(device, new Float32Array(weights), new Uint8Array(digits), {
    steps: STEPS,
    shown: SHOWN,
  });
  await Promise.all([panel.use(tester), evolution.use(device)]);
}

function lost(why: string): void {
  tester?.destroy();
  void panel.use(undefined);
  void evolution.use(undefined);
  notifyLoss(why, start, 'Your settings are kept.');
}

await start();
