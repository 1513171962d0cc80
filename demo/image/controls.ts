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
  type Sample,
  type Settings,
} from './settings.js';

/** Which sliders are in which group of the page. */
const groups: { readonly [id: string]: readonly FieldName[] } = {
  amount: ['std', 'mean', 'photons', 'replaced', 'salt'],
  clip: ['min', 'max'],
  place: ['seed', 'stream'],
};

/**
 * Fills the form, shows the settings in it and keeps them.
 *
 * @param change what is called after each change that a visitor makes
 */
export function createControls(
  start: Settings,
  change: (settings: Settings, part: Partial<Settings>) => void,
) {
  let settings = start;
  const sliders = createSliders(groups, fields, (name, value) => set({ [name]: value }));
  const showKind = createChoices(find('kinds', HTMLElement), 'noise', kinds);

  const form = find('controls', HTMLFormElement);
  const mono = find('mono', HTMLInputElement);
  const pictures = find('pictures', HTMLFieldSetElement);
  form.addEventListener('change', ({ target }) => {
    const { name, value } = target as HTMLInputElement;
    if (name === 'noise') set({ noise: value as Kind });
    if (target === mono) set({ mono: mono.checked });
    // What cannot be is shown as what it was before, when the box is left.
    show();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    const { picture: _, ...rest } = DEFAULTS;
    set(rest);
  });
  find('another', HTMLButtonElement).addEventListener('click', () => {
    set({ seed: randomSeed() });
  });
  pictures.addEventListener('change', ({ target }) => {
    set({ picture: (target as HTMLInputElement).value as Sample });
  });

  function set(part: Partial<Settings>) {
    settings = changed(settings, part);
    show();
    change(settings, part);
  }

  function show() {
    const { noise } = settings;
    sliders.show(settings, (name) => !(fields[name].of?.includes(noise) ?? true));
    showKind(noise);
    mono.checked = settings.mono;
  }

  show();
  return {
    get settings() {
      return settings;
    },
    /** Marks which of the sample pictures is shown, if one is. */
    showPicture(sample: Sample | undefined) {
      for (const radio of pictures.querySelectorAll<HTMLInputElement>('input')) {
        radio.checked = radio.value === sample;
      }
    },
  };
}
