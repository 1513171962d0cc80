import { randomSeed } from '../controls/seed.js';
import { createSlider, type Slider } from '../controls/slider.js';
import { find } from '../layout/find.js';
import {
  changed,
  DEFAULTS,
  type FieldName,
  fields,
  type Kind,
  kinds,
  type Level,
  levels,
  parseField,
  type Settings,
} from './settings.js';

/** Which sliders are in which group of the page. */
const groups: { readonly [id: string]: readonly FieldName[] } = {
  amount: ['db', 'low', 'high', 'std'],
  place: ['seed', 'stream'],
};

/** Fills a group of choices. */
function choices(id: string, name: string, labels: { readonly [value: string]: string }): void {
  for (const [value, label] of Object.entries(labels)) {
    const choice = document.createElement('label');
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name, value });
    choice.append(radio, label);
    find(id, HTMLElement).append(choice);
  }
}

/**
 * Fills the form, shows the settings in it and keeps them.
 *
 * @param change what is called after each change that a visitor makes
 */
export function createControls(start: Settings, change: (settings: Settings) => void) {
  let settings = start;
  const sliders = new Map<FieldName, Slider>();

  for (const [id, names] of Object.entries(groups)) {
    for (const name of names) {
      const input = (text: string) => {
        const value = parseField(name, text);
        if (value !== undefined) set({ [name]: value });
        return value !== undefined;
      };
      const slider = createSlider({ name, ...fields[name], input });
      sliders.set(name, slider);
      find(id, HTMLElement).append(slider.element);
    }
  }
  choices('levels', 'level', levels);
  choices('kinds', 'noise', kinds);

  const form = find('controls', HTMLFormElement);
  form.addEventListener('change', ({ target }) => {
    const { name, value } = target as HTMLInputElement;
    if (name === 'level') set({ level: value as Level });
    if (name === 'noise') set({ noise: value as Kind });
    // What cannot be is shown as what it was before, when the box is left.
    show();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    set(DEFAULTS);
  });
  find('another', HTMLButtonElement).addEventListener('click', () => set({ seed: randomSeed() }));

  function set(part: Partial<Settings>) {
    settings = changed(settings, part);
    show();
    change(settings);
  }

  function show() {
    for (const [name, slider] of sliders) {
      slider.show(settings[name]);
      slider.element.hidden = (fields[name].of ?? settings.level) !== settings.level;
    }
    for (const name of ['level', 'noise'] as const) {
      for (const radio of form.querySelectorAll<HTMLInputElement>(`[name=${name}]`)) {
        radio.checked = radio.value === settings[name];
      }
    }
    find('kinds', HTMLElement).hidden = settings.level !== 'fixed';
  }

  show();
  return {
    get settings() {
      return settings;
    },
  };
}
