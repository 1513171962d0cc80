import type { Barrier, Multiply } from './kernel.js';

function names({ adapterInfo }: GPUDevice): string {
  const { architecture = '', description = '', vendor = '' } = adapterInfo ?? {};
  return `${vendor} ${architecture} ${description}`;
}

/** Software adapters run the xor form faster, hardware the saturate form. */
export function defaultBarrier(device: GPUDevice): Barrier {
  const software =
    device.adapterInfo?.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|software|warp/i.test(names(device));
  return software ? 'xor' : 'saturate';
}

/** NVIDIA's GPUs, which wgpu tells by the vendor's PCI number. */
const NVIDIA = /nvidia|geforce|\b4318\b/i;

/** NVIDIA's are faster with words, SwiftShader runs the forms for software faster with floats, others with halves. */
export function multiplyOf(device: GPUDevice, barrier: Barrier): Multiply {
  if (NVIDIA.test(names(device))) return 'words';
  return barrier === 'xor' && /swiftshader/i.test(names(device)) ? 'floats' : 'halves';
}
