import { find } from '../layout/find.js';
import { drawCurve } from './curve.js';
import { PIXELS } from './network.js';
import { report } from './report.js';
import { gridOf, type Settings } from './settings.js';
import { createShown, SHOWN } from './shown.js';
import { placesOf } from './tally.js';
import type { Outcome, Tester } from './tester.js';

/** Sweeps the standard deviations, pair after pair, and shows what is found after each. */
export interface Panel {
  /** Gives it who tests; none while there is no GPU. */
  use(tester: Tester | undefined): Promise<void>;
  /** Shows other settings; begins a new sweep where they need one. */
  set(settings: Settings): Promise<void>;
}

/** @param failed what is called when a test fails that no lost GPU explains */
export function createPanel(
  digits: Uint8Array,
  start: Settings,
  failed: (error: unknown) => void,
): Panel {
  let settings = start;
  let tester: Tester | undefined;
  let outcomes: Outcome[] = [];
  let sweeping = false;
  const showGuesses = createShown(digits);

  async function sweep(): Promise<void> {
    if (sweeping) return;
    sweeping = true;
    const by = tester;
    try {
      while (by && by === tester && outcomes.length < settings.pairs) {
        const into = outcomes;
        const { relative, seed } = settings;
        const noise = { stds: gridOf(relative), relative, seed, pair: into.length };
        into.push(await by.test(noise));
        if (into === outcomes) show();
      }
    } catch (error) {
      if (by === tester) failed(error);
    }
    sweeping = false;
    // Another GPU has been found meanwhile.
    if (by !== tester) await sweep();
  }

  function show(): void {
    const stds = gridOf(settings.relative);
    find('high', HTMLElement).textContent = String(stds.at(-1));
    const [first] = outcomes;
    if (!first) return;
    const step = stds.indexOf(settings.std);
    const places = placesOf(stds, outcomes, digits.length / PIXELS);
    drawCurve(places, settings.std);
    report(places, step, Math.max(...outcomes.map(({ changed }) => changed)));
    showGuesses(first, step);
    const { pairs } = settings;
    const count = digits.length / PIXELS;
    const done =
      outcomes.length < pairs
        ? `pair ${outcomes.length} of ${pairs}`
        : `${pairs} ${pairs === 1 ? 'pair' : 'pairs'}`;
    find('progress', HTMLElement).textContent = `${done}; ${SHOWN} of ${count} digits`;
  }

  return {
    use(found) {
      tester = found;
      outcomes = [];
      return sweep();
    },
    set(next) {
      const fewer = next.pairs < settings.pairs;
      if (next.relative !== settings.relative || next.seed !== settings.seed) outcomes = [];
      else if (fewer) outcomes = outcomes.slice(0, next.pairs);
      settings = next;
      show();
      return sweep();
    },
  };
}
