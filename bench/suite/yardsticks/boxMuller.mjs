// The few lines that one writes oneself.
import { uploaded } from './upload.mjs';

export const boxMuller = {
  name: 'Box–Muller over Math.random',
  kind: 'cpu',
  does: ['fill'],
  differs: 'JavaScript on one thread, both halves of each pair, then an upload; no seed',
  load: async () => uploaded(fill),
};

function fill(values) {
  for (let i = 0; i + 1 < values.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    const angle = 2 * Math.PI * Math.random();
    values[i] = radius * Math.cos(angle);
    values[i + 1] = radius * Math.sin(angle);
  }
}
