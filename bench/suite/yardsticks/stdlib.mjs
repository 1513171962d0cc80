// stdlib's arrays of normals.
import { uploaded } from './upload.mjs';

export const stdlib = {
  name: '@stdlib/random-array-normal',
  kind: 'cpu',
  package: '@stdlib/random-array-normal',
  does: ['fill'],
  differs: 'JavaScript on one thread, improved ziggurat over MT19937, then an upload',
  async load() {
    const { default: normal } = await import('@stdlib/random-array-normal');
    return uploaded((values) => normal.assign(0, 1, values));
  },
};
