import { createSlider } from '../controls/slider.js';
import { find } from '../layout/find.js';
import type { View } from './cloud.js';

const RADIANS = Math.PI / 180;

/** Sliders of the view, in degrees and without a unit. */
const sliders = {
  turn: { label: 'Turn, degrees', low: -180, high: 180, step: 1 },
  tilt: { label: 'Tilt, degrees', low: -85, high: 85, step: 1 },
  correlation: { label: 'Correlation of x and y', low: -0.99, high: 0.99, step: 0.01 },
} as const;

type Name = keyof typeof sliders;

/**
 * The view of the cloud, as its sliders and the pointer set it.
 *
 * @param changed what is called when it is another
 */
export function createOrbit(canvas: HTMLCanvasElement, changed: () => void) {
  const values: Record<Name, number> = { turn: 30, tilt: 20, correlation: 0.8 };
  const shown = (Object.keys(sliders) as Name[]).map((name) => {
    const { low, high } = sliders[name];
    const input = (text: string) => {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      const isValue = value >= low && value <= high;
      if (isValue) set({ [name]: value });
      return isValue;
    };
    const slider = createSlider({ name, ...sliders[name], input });
    find('view', HTMLElement).append(slider.element);
    return { name, slider };
  });

  function set(part: Partial<Record<Name, number>>) {
    Object.assign(values, part);
    values.turn = ((((values.turn + 180) % 360) + 360) % 360) - 180;
    values.tilt = Math.min(85, Math.max(-85, values.tilt));
    for (const { name, slider } of shown) slider.show(Math.round(values[name] * 100) / 100);
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
