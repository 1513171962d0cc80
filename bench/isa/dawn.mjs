// Compiles kernels with Dawn, which prints the SPIR-V that it hands to the driver. Run by spirv.mjs, in the
// environment of the software adapter; the argument is a file with [{ code, constants }, …].
import { readFileSync } from 'node:fs';
import { create, globals } from 'webgpu';

Object.assign(globalThis, globals);

// Array bounds are the device's business, as they are on GPUs that have VK_EXT_robustness2.
const gpu = create(['enable-dawn-features=dump_shaders,disable_robustness']);
const adapter = await gpu.requestAdapter();
const device = await adapter.requestDevice();
for (const { code, constants } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const module = device.createShaderModule({ code });
  device.createComputePipeline({ layout: 'auto', compute: { module, constants } });
}
await device.queue.onSubmittedWorkDone();
device.destroy();
