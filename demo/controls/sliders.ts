import { find } from '../layout/find.js';
import { type Fields, parseField } from './field.js';
import { createSlider } from './slider.js';

/** Sliders that show settings. */
export interface Sliders<N extends string> {
  /** @param isHidden which of them change nothing as things are */
  show(settings: { readonly [P in N]: number | string }, isHidden?: (name: N) => boolean): void;
}

/**
 * Fills groups of the page with sliders.
 *
 * @param groups names of the fields in their order, by the id of what they are put into
 * @param set what is called with each value that a visitor sets
 */
export function createSliders<N extends string>(
  groups: { readonly [id: string]: readonly N[] },
  fields: Fields<N>,
  set: (name: N, value: number | string) => void,
): Sliders<N> {
  const sliders = Object.entries(groups).flatMap(([id, names]) =>
    names.map((name) => {
      const input = (text: string) => {
        const value = parseField(fields[name], text);
        if (value !== undefined) set(name, value);
        return value !== undefined;
      };
      const slider = createSlider({ name, ...fields[name], input });
      find(id, HTMLElement).append(slider.element);
      return { name, slider };
    }),
  );
  return {
    show(settings, isHidden = () => false) {
      for (const { name, slider } of sliders) {
        slider.show(settings[name]);
        slider.element.hidden = isHidden(name);
      }
    },
  };
}
