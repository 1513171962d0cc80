import type { Fields } from '../controls/field.js';
import { createSliders } from '../controls/sliders.js';
import type { View } from './cloud.js';

const RADIANS = Math.PI / 180;

type Name = 'turn' | 'tilt' | 'correlation';

/** Sliders of the view, in degrees and without a unit. */
const fields: Fields<Name> = {
  turn: { label: 'Turn, degrees', low: -180, high: 180, step: 1 },
  tilt: { label: 'Tilt, degrees', low: -85, high: 85, step: 1 },
  correlation: { label: 'Correlation of x and y', low: -0.99, high: 0.99, step: 0.01 },
};

/**
 * The view of the cloud, as its sliders and the pointer set it.
 *
 * @param changed what is called when it is another
 */
export function createOrbit(canvas: HTMLCanvasElement, changed: () => void) {
  const values: Record<Name, number> = { turn: 30, tilt: 20, correlation: 0.8 };
  const sliders = createSliders({ view: ['turn', 'tilt', 'correlation'] }, fields, (name, value) =>
    set({ [name]: value }),
  );

  function set(part: Partial<Record<Name, number>>) {
    Object.assign(values, part);
    values.turn = ((((values.turn + 180) % 360) + 360) % 360) - 180;
    values.tilt = Math.min(85, Math.max(-85, values.tilt));
    const rounded = (value: number) => Math.round(value * 100) / 100;
    const { turn, tilt, correlation } = values;
    sliders.show({
      turn: rounded(turn),
      tilt: rounded(tilt),
      correlation: rounded(correlation),
    });
    changed();
  }

  canvas.addEventListener('pointerdown', ({ pointerId }) => canvas.setPointerCapture(pointerId));
  canvas.addEventListener('pointermove', ({ buttons, movementX, movementY }) => {
    if (buttons === 0) return;
    set({ turn: values.turn - movementX / 2, tilt: values.tilt + movementY / 2 });
  });
  set({});

  return {
    get view(): Omit<View, 'color'> {
      const { turn, tilt, correlation } = values;
      return { turn: turn * RADIANS, tilt: tilt * RADIANS, correlation };
    },
    /** Turns on by some degrees. */
    turn: (degrees: number) => set({ turn: values.turn + degrees }),
  };
}
