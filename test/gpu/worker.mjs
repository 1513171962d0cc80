// A worker thread with a device of its own: does the steps that it is sent on a copy of some bytes, and sends
// the bytes back. It imports the built package, as a user would.
import { parentPort } from 'node:worker_threads';
import { createNoiseEngine } from '../../dist/index.js';
import { requestDevice } from '../../dist/node/index.js';

const device = await requestDevice();
const engine = createNoiseEngine(device);
const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

parentPort.on('message', async (job) => {
  if (job === 'end') {
    device.destroy();
    parentPort.close();
    return;
  }
  const { bytes, options, steps } = job;
  const buffer = device.createBuffer({ size: bytes.byteLength, usage });
  device.queue.writeBuffer(buffer, 0, bytes);
  for (const { ops, range, at } of steps)
    engine.chain(ops, options).run({ buffer, ...range }, { at });
  const done = await engine.read(buffer, { format: 'u8' });
  buffer.destroy();
  parentPort.postMessage(done);
});
parentPort.postMessage('ready');
