import networkCode from './network.wgsl?raw';
import pictureCode from './picture.wgsl?raw';

/** Draws what the network decides, from the buffer of its weights. */
export interface Picture {
  draw(): void;
  destroy(): void;
}

/** Pixels of a side; the browser makes them larger. */
const SIDE = 192;

/** Floats of three colors. */
const SCENE_FLOATS = 12;

export function createPicture(
  device: GPUDevice,
  canvas: HTMLCanvasElement,
  network: GPUBuffer,
): Picture {
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('webgpu');
  if (!context) throw new Error('the canvas must have a WebGPU context, got none');
  const format = navigator.gpu.getPreferredCanvasFormat();
  context.configure({ device, format, alphaMode: 'opaque' });
  const scene = device.createBuffer({
    label: 'scene',
    size: 4 * SCENE_FLOATS,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const module = device.createShaderModule({ label: 'picture', code: networkCode + pictureCode });
  const pipeline = device.createRenderPipeline({
    label: 'picture',
    layout: 'auto',
    vertex: { module },
    fragment: { module, targets: [{ format }] },
  });
  const bindGroup = device.createBindGroup({
    label: 'picture',
    layout: pipeline.getBindGroupLayout(0),
    entries: [network, scene].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });

  return {
    draw() {
      const colors = ['--accent', '--other', '--panel'].flatMap((name) => colorOf(canvas, name));
      device.queue.writeBuffer(scene, 0, Float32Array.from(colors));
      const encoder = device.createCommandEncoder({ label: 'picture' });
      const view = context.getCurrentTexture().createView();
      const attachment = { view, loadOp: 'clear', storeOp: 'store' } as const;
      const pass = encoder.beginRenderPass({ label: 'picture', colorAttachments: [attachment] });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.draw(3);
      pass.end();
      device.queue.submit([encoder.finish()]);
    },
    destroy: () => scene.destroy(),
  };
}

/** A color of the style sheet, which differs between light and dark: red, green, blue, alpha. */
function colorOf(element: Element, name: string): number[] {
  const hex = getComputedStyle(element).getPropertyValue(name).trim();
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return [...parts, 1];
}
