/** A GPU to work on. */
export interface GPUFound {
  readonly device: GPUDevice;
  /** Of the adapter, for people. */
  readonly name: string;
}

/** Why there is none, and what to do, as a sentence. */
export interface NoGPU {
  readonly why: string;
}

/** What a page asks of the GPU; it gets of it what the adapter has. */
export interface Wanted {
  readonly features?: readonly GPUFeatureName[];
  /** Limits that are to be the adapter's, not WebGPU's defaults. */
  readonly limits?: readonly (keyof GPUSupportedLimits)[];
}

/** The adapter that the page's head has asked for. It gives one device: after a loss, another is needed. */
let early = (globalThis as { adapter?: Promise<GPUAdapter | null> }).adapter;

/** Asks for the GPU. */
export async function findGPU(wanted: Wanted = {}): Promise<GPUFound | NoGPU> {
  const { gpu } = navigator as { gpu?: GPU };
  if (!gpu) {
    const secure = 'it is only there on https:// and localhost addresses.';
    const newer = 'use a current Chrome, Edge, Safari or Firefox.';
    return { why: `This browser has no WebGPU: ${isSecureContext ? newer : secure}` };
  }
  try {
    const asked = early ?? gpu.requestAdapter({ powerPreference: 'high-performance' });
    early = undefined;
    const adapter = await asked;
    if (adapter) {
      const device = await adapter.requestDevice(within(adapter, wanted));
      return { device, name: nameOf(adapter.info) };
    }
  } catch (error) {
    return {
      why: `The GPU could not be started (${message(error)}): reload the page to try again.`,
    };
  }
  return {
    why: 'This browser found no GPU: switch hardware acceleration on in its settings, or try another.',
  };
}

function within(adapter: GPUAdapter, { features = [], limits = [] }: Wanted): GPUDeviceDescriptor {
  return {
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(
      limits.map((name) => [name, adapter.limits[name] as number]),
    ),
  };
}

/** The adapter's name as far as the browser tells. */
function nameOf({ description, vendor, architecture, isFallbackAdapter }: GPUAdapterInfo): string {
  const unnamed = isFallbackAdapter ? 'an unnamed software adapter' : 'an unnamed GPU';
  return description || [vendor, architecture].filter(Boolean).join(' ') || unnamed;
}

/** Whether the processor plays the GPU, as far as the adapter tells. */
export function isSoftware({ adapterInfo }: GPUDevice): boolean {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapterInfo;
  const words = [vendor, architecture, device, description].join(' ');
  return isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|\bwarp\b|basic render/i.test(words);
}

/** An error in words. */
export function message(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim();
}

/** Calls back when the device is lost, with the reason as far as it is known. */
export function watchLoss(device: GPUDevice, lost: (why: string) => void): void {
  device.lost.then(({ message: text }) => lost(text.trim().replace(/\.$/, '')));
}
