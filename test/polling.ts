// Leaves SwiftShader, which most tests run on, the core on which Dawn would ask whether it is done.
import { setPollingInterval } from '../src/node/polling.js';

setPollingInterval(1);
