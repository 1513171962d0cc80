export { getDevice, setDevice, targets } from './backend.js';
