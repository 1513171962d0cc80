import { createChoices } from '../controls/choices.js';
import { createSlider, type Slider } from '../controls/slider.js';
import { createSliders } from '../controls/sliders.js';
import { createTabs } from '../controls/tabs.js';
import { find } from '../layout/find.js';
import { type Shape, shapes } from './evolution/points.js';
import {
  type FieldName,
  fields,
  gridOf,
  parseStd,
  relatives,
  type Settings,
  type Tab,
  withRelative,
} from './settings.js';
import type { Relative } from './tester.js';

/** Which sliders are in which group of the page. */
const groups: { readonly [id: string]: readonly FieldName[] } = {
  sweep: ['pairs', 'seed'],
  evolving: ['sigma', 'rate', 'start'],
};

/** Fills the forms, shows the settings in them, and calls back with what a visitor changes them to. */
export function createControls(start: Settings, change: (settings: Settings) => void): void {
  let settings = start;
  const sliders = createSliders(groups, fields, (name, value) => {
    set({ ...settings, [name]: value });
  });
  const labels = Object.entries(relatives).map(([value, { label }]) => [value, label]);
  const showRelative = createChoices(
    find('relatives', HTMLFieldSetElement),
    'relative',
    Object.fromEntries(labels),
  );
  const showShape = createChoices(find('shapes', HTMLFieldSetElement), 'shape', shapes);
  const tabs = createTabs(find('tabs', HTMLElement), (id) => set({ ...settings, tab: id as Tab }));
  let std = createStd();

  for (const form of document.querySelectorAll('form')) {
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('change', ({ target }) => {
      const { name, value } = target as HTMLInputElement;
      if (name === 'relative') {
        settings = withRelative(settings, value as Relative);
        std = createStd();
        set(settings);
      }
      if (name === 'shape') set({ ...settings, shape: value as Shape });
      // What cannot be is shown as what it was before, when the box is left.
      show();
    });
  }

  /** Its ends and step are those of the grid. */
  function createStd(): Slider {
    const { relative } = settings;
    const grid = gridOf(relative);
    const slider = createSlider({
      name: 'std',
      label: 'Standard deviation',
      low: 0,
      high: grid.at(-1)!,
      step: grid[1]!,
      input(text) {
        const value = parseStd(relative, text);
        if (value !== undefined) set({ ...settings, std: value });
        return value !== undefined;
      },
    });
    find('amount', HTMLElement).replaceChildren(slider.element);
    return slider;
  }

  function set(next: Settings): void {
    settings = next;
    show();
    change(settings);
  }

  function show(): void {
    sliders.show(settings);
    std.show(settings.std);
    showRelative(settings.relative);
    showShape(settings.shape);
    tabs.show(settings.tab);
  }
  show();
}
