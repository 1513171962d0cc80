import project from '../../../vite.config.js';

/** The tests of modules that need no device: they take milliseconds. */
const include = [
  'test/{cholesky,decibels,indices,link,matrix,ops,params,pieces,stream,targets}.test.ts',
];

export default { ...project, test: { ...project.test, include } };
