// Kernels of the benchmarks' own, four words to an invocation: above all those that only move bytes,
// which are the limit.

const WORKGROUP = 256;
const WORDS = 4; // to an invocation

const code = (body, bindings = '') => `
@group(0) @binding(0) var<storage, read_write> target_words: array<vec4u>;
${bindings}
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * ${WORKGROUP}u + id.x;
  if (i < arrayLength(&target_words)) {
    ${body}
  }
}`;

const STORE = code('target_words[i] = vec4u(i);');

const LOAD_AND_STORE = code('target_words[i] = target_words[i] ^ vec4u(1u);');

const ADD = code(
  'target_words[i] = bitcast<vec4u>(bitcast<vec4f>(target_words[i]) + other_numbers[i]);',
  '@group(0) @binding(1) var<storage, read> other_numbers: array<vec4f>;',
);

/** Stores the bytes and does nothing else. */
export const storeOnly = (device, buffer, bytes) => recorder(device, STORE, [buffer], bytes);

/** Loads and stores the bytes in place. */
export const loadAndStore = (device, buffer, bytes) =>
  recorder(device, LOAD_AND_STORE, [buffer], bytes);

/** Adds the f32s of another buffer. */
export const addInto = (device, buffer, other, bytes) =>
  recorder(device, ADD, [buffer, other], bytes);

/** Records a kernel over the first bytes of its buffers, in pieces that the device can bind. */
export async function recorder(device, text, buffers, bytes) {
  const pipeline = await compile(device, text);
  const layout = pipeline.getBindGroupLayout(0);
  const pieces = cut(device, bytes).map(({ offset, size }) => ({
    group: device.createBindGroup({
      layout,
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer, offset, size } })),
    }),
    workgroups: workgroupsFor(device, Math.ceil(size / 4 / WORDS)),
  }));
  return (pass) => {
    pass.setPipeline(pipeline);
    for (const { group, workgroups } of pieces) {
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...workgroups);
    }
  };
}

/** @throws {Error} what the compiler says */
export async function compile(device, text, layout = 'auto') {
  const label = 'bench';
  const module = device.createShaderModule({ label, code: text });
  return device.createComputePipelineAsync({ label, layout, compute: { module } });
}

/** Bindings that together are the first `bytes` of a buffer. */
function cut(device, bytes) {
  const most = Math.floor(device.limits.maxStorageBufferBindingSize / 256) * 256;
  const pieces = [];
  for (let offset = 0; offset < bytes; offset += most) {
    pieces.push({ offset, size: Math.min(most, bytes - offset) });
  }
  return pieces;
}

/** Workgroups of 256 for so many invocations, in two dimensions where one is too short. */
function workgroupsFor(device, invocations) {
  const groups = Math.ceil(invocations / WORKGROUP);
  const rows = Math.ceil(groups / device.limits.maxComputeWorkgroupsPerDimension);
  return [Math.ceil(groups / rows), rows];
}
