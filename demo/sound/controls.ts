import { createChoices } from '../controls/choices.js';
import { randomSeed } from '../controls/seed.js';
import { createSliders } from '../controls/sliders.js';
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
  type Settings,
} from './settings.js';

/** Which sliders are in which group of the page. */
const groups: { readonly [id: string]: readonly FieldName[] } = {
  amount: ['db', 'low', 'high', 'std'],
  place: ['seed', 'stream'],
};

/**
 * Fills the form, shows the settings in it and keeps them.
 *
 * @param change what is called after each change that a visitor makes
 */
export function createControls(start: Settings, change: (settings: Settings) => void) {
  let settings = start;
  const sliders = createSliders(groups, fields, (name, value) => set({ [name]: value }));
  const showLevel = createChoices(find('levels', HTMLElement), 'level', levels);
  const showKind = createChoices(find('kinds', HTMLElement), 'noise', kinds);

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
    const { level, noise } = settings;
    sliders.show(settings, (name) => (fields[name].of ?? level) !== level);
    showLevel(level);
    showKind(noise);
    find('kinds', HTMLElement).hidden = level !== 'fixed';
  }

  show();
  return {
    get settings() {
      return settings;
    },
  };
}
