import { createSlider } from '../controls/slider.js';
import { find } from '../layout/find.js';
import { LEAST, MOST, rowNames, type Settings } from './settings.js';

/** The settings as controls. `changed` is called with each change. */
export function createForm(first: Settings, changed: (settings: Settings) => void): void {
  let settings = first;

  function change(part: Partial<Settings>): void {
    settings = { ...settings, ...part };
    changed(settings);
  }

  const boxes = Object.entries(rowNames).map(([name, text]) => {
    const box = Object.assign(document.createElement('input'), {
      type: 'checkbox',
      value: name,
      checked: first.rows.includes(name),
    });
    box.addEventListener('change', () => {
      change({ rows: boxes.filter(({ checked }) => checked).map(({ value }) => value) });
    });
    const label = Object.assign(document.createElement('label'), { className: 'check' });
    label.append(box, text);
    find('rows', HTMLElement).append(label);
    return box;
  });

  const size = createSlider({
    name: 'most',
    label: 'Largest size, power of 2',
    low: LEAST,
    high: MOST,
    step: 1,
    input(text) {
      const most = text.trim() === '' ? Number.NaN : Number(text);
      const isPower = Number.isInteger(most) && most >= LEAST && most <= MOST;
      if (isPower) change({ most });
      return isPower;
    },
  });
  const time = createSlider({
    name: 'seconds',
    label: 'Seconds for each',
    low: 0.1,
    high: 10,
    step: 0.1,
    input(text) {
      const seconds = Number(text);
      const isTime = seconds > 0 && seconds <= 60;
      if (isTime) change({ seconds });
      return isTime;
    },
  });
  size.show(first.most);
  time.show(first.seconds);
  find('sliders', HTMLElement).append(size.element, time.element);
}
