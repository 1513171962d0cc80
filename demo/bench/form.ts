import { createSliders } from '../controls/sliders.js';
import { find } from '../layout/find.js';
import { fields, rowNames, type Settings } from './settings.js';

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

  const groups = { sliders: ['most', 'seconds'] } as const;
  createSliders(groups, fields, (name, value) => change({ [name]: value })).show(first);
}
