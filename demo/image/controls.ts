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
  parseField,
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

  for (const [kind, label] of Object.entries(kinds)) {
    const choice = document.createElement('label');
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name: 'noise', value: kind });
    choice.append(radio, label);
    find('kinds', HTMLElement).append(choice);
  }

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
    for (const [name, slider] of sliders) {
      slider.show(settings[name]);
      slider.element.hidden = !(fields[name].of?.includes(settings.noise) ?? true);
    }
    for (const radio of form.querySelectorAll<HTMLInputElement>('[name=noise]')) {
      radio.checked = radio.value === settings.noise;
    }
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
