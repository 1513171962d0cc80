import { find } from '../../layout/find.js';
import type { Settings } from '../settings.js';
import { createLearner, type Learner, PAIRS, WEIGHTS } from './learner.js';
import { createPicture, type Picture } from './picture.js';
import { drawLosses, drawPoints } from './plots.js';
import { POINTS, pointsOf } from './points.js';

/** Learns while it is wanted, and shows how it goes. */
export interface Panel {
  /** Gives it a GPU; none while there is none. */
  use(device: GPUDevice | undefined): Promise<void>;
  /** Takes other settings; a new network where they need one. */
  set(settings: Settings): Promise<void>;
}

const say = (id: string, text: string) => {
  find(id, HTMLElement).textContent = text;
};

/** @param failed what is called when a step fails that no lost GPU explains */
export function createPanel(start: Settings, failed: (error: unknown) => void): Panel {
  const run = find('run', HTMLButtonElement);
  const single = find('single', HTMLButtonElement);
  const again = find('again', HTMLButtonElement);
  let settings = start;
  let learner: Learner | undefined;
  let picture: Picture | undefined;
  let running = false;
  let stepping = false;
  /** Of each generation, the last of which has not stepped yet. */
  let losses: number[] = [];

  run.addEventListener('click', () => {
    setRunning(!running);
    void learn();
  });
  single.addEventListener('click', () => {
    setRunning(false);
    void step();
  });
  again.addEventListener('click', () => void restart());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => picture?.draw());

  function setRunning(wanted: boolean): void {
    running = wanted;
    run.textContent = running ? 'Pause' : 'Learn';
  }

  /** A new network, and its loss before it has learned anything. */
  async function restart(): Promise<void> {
    const points = pointsOf(settings.shape);
    losses = [];
    drawPoints(points);
    learner?.restart(settings.start, points);
    await look();
  }

  /** Shows the network as it is. */
  async function look(): Promise<void> {
    const [by, of] = [learner, losses];
    if (!by) return;
    picture?.draw();
    try {
      const { loss, right } = await by.look();
      if (by !== learner || of !== losses) return;
      const generation = of.length;
      drawLosses([...of, loss]);
      say('generation', generation.toLocaleString('en-US'));
      say('loss', loss.toFixed(4));
      say('right', `${right} of ${POINTS}`);
      // Both twins' draws, and once more for the step.
      say('drawn', (3 * generation * PAIRS * WEIGHTS).toLocaleString('en-US'));
    } catch (error) {
      if (by === learner) failed(error);
    }
  }

  /** Moves the network once, unless it is being moved. Returns whether it could. */
  async function step(): Promise<boolean> {
    const [by, of] = [learner, losses];
    if (!by || stepping) return false;
    stepping = true;
    try {
      const { sigma: std, rate } = settings;
      const found = await by.step(of.length, { std, rate });
      if (found && of === losses) of.push(found.loss);
      await look();
      return true;
    } catch (error) {
      if (by === learner) failed(error);
      return false;
    } finally {
      stepping = false;
    }
  }

  async function learn(): Promise<void> {
    while (running && (await step())) {
      await new Promise((shown) => requestAnimationFrame(shown));
    }
  }

  return {
    async use(device) {
      picture?.destroy();
      learner?.destroy();
      [picture, learner] = [undefined, undefined];
      setRunning(false);
      for (const button of [run, single, again]) button.disabled = !device;
      if (!device) return;
      learner = createLearner(device);
      picture = createPicture(device, find('decision', HTMLCanvasElement), learner.network);
      await restart();
    },
    async set(next) {
      const renewed = next.shape !== settings.shape || next.start !== settings.start;
      settings = next;
      if (renewed) await restart();
    },
  };
}
