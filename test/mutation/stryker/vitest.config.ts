import { mergeConfig } from 'vitest/config';
import project from '../../../vite.config.js';

/** The tests of modules that need no device: they take milliseconds. */
export default mergeConfig(project, {
  test: {
    include: ['test/{cholesky,decibels,indices,link,ops,params,pieces,stream,targets}.test.ts'],
  },
});
