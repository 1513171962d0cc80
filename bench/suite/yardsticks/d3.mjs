// d3-random.
import { uploaded } from './upload.mjs';

export const d3 = {
  name: 'd3-random',
  kind: 'cpu',
  package: 'd3-random',
  does: ['fill'],
  differs: 'JavaScript on one thread, polar method over Math.random, then an upload',
  async load() {
    const { randomNormal } = await import('d3-random');
    const next = randomNormal();
    return uploaded((values) => {
      for (let i = 0; i < values.length; i++) values[i] = next();
    });
  },
};
