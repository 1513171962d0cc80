import { createNoiseEngine, normal } from 'webgpu-noise';
import { mat4, vec3 } from 'wgpu-matrix';
import code from './cloud.wgsl?raw';

/** How the cloud is seen. */
export interface View {
  /** Radians about the upright axis, and above the horizon. */
  readonly turn: number;
  readonly tilt: number;
  /** Correlation of x and y, between −1 and 1. */
  readonly correlation: number;
  /** Red, green, blue, 0 to 1. */
  readonly color: readonly [number, number, number];
}

export interface Cloud {
  /** Draws other points. */
  restart(seed: string): void;
  draw(view: View): void;
  destroy(): void;
}

/** Floats of the struct Scene: a matrix, a color and two more, padded to a multiple of four. */
const SCENE_FLOATS = 24;

/**
 * Points of N(0, Σ), drawn from the buffer that the noise was written to.
 *
 * @param points how many
 */
export function createCloud(device: GPUDevice, canvas: HTMLCanvasElement, points: number): Cloud {
  const context = canvas.getContext('webgpu');
  if (!context) throw new Error('the canvas must have a WebGPU context, got none');
  const format = navigator.gpu.getPreferredCanvasFormat();
  context.configure({ device, format, alphaMode: 'premultiplied' });
  const engine = createNoiseEngine(device);
  const chain = engine.chain([normal()]);
  const noise = device.createBuffer({
    label: 'cloud',
    size: 4 * 3 * points,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.VERTEX,
  });
  const scene = device.createBuffer({
    label: 'scene',
    size: 4 * SCENE_FLOATS,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const module = device.createShaderModule({ label: 'cloud', code });
  const over = { srcFactor: 'one', dstFactor: 'one-minus-src-alpha' } as const;
  const pipeline = device.createRenderPipeline({
    label: 'cloud',
    layout: 'auto',
    vertex: {
      module,
      buffers: [
        {
          arrayStride: 12,
          stepMode: 'instance',
          attributes: [{ shaderLocation: 0, offset: 0, format: 'float32x3' }],
        },
      ],
    },
    fragment: { module, targets: [{ format, blend: { color: over, alpha: over } }] },
    primitive: { topology: 'triangle-strip' },
  });
  const bindGroup = device.createBindGroup({
    label: 'cloud',
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer: scene } }],
  });

  return {
    restart(seed) {
      chain.run(noise, { at: { seed, stream: 1, position: 0 } });
    },
    draw({ turn, tilt, correlation, color }) {
      const scale = devicePixelRatio;
      canvas.width = Math.max(1, Math.round(canvas.clientWidth * scale));
      canvas.height = Math.max(1, Math.round(canvas.clientHeight * scale));
      const place = placeOf(canvas.width / canvas.height, turn, tilt, correlation);
      const size = 1.5 * scale;
      const point = [(2 * size) / canvas.width, (2 * size) / canvas.height];
      device.queue.writeBuffer(scene, 0, Float32Array.of(...place, ...color, 1, ...point, 0, 0));
      const encoder = device.createCommandEncoder({ label: 'cloud' });
      const view = context.getCurrentTexture().createView();
      const attachment = { view, loadOp: 'clear', storeOp: 'store' } as const;
      const pass = encoder.beginRenderPass({ label: 'cloud', colorAttachments: [attachment] });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.setVertexBuffer(0, noise);
      pass.draw(4, points);
      pass.end();
      device.queue.submit([encoder.finish()]);
    },
    destroy() {
      engine.destroy();
      noise.destroy();
      scene.destroy();
    },
  };
}

/** From independent standard normals to the screen: Cholesky's factor of Σ, then an orbiting camera. */
function placeOf(aspect: number, turn: number, tilt: number, correlation: number): Float32Array {
  const factor = mat4.identity();
  // Σ = [[1, ρ, 0], [ρ, 1, 0], [0, 0, ¼]] = L·Lᵀ; columns of L, one after the other.
  factor.set([1, correlation, 0, 0, 0, Math.sqrt(1 - correlation ** 2), 0, 0, 0, 0, 0.5, 0]);
  const distance = 12;
  const eye = vec3.create(
    distance * Math.cos(tilt) * Math.sin(turn),
    distance * Math.sin(tilt),
    distance * Math.cos(tilt) * Math.cos(turn),
  );
  const look = mat4.lookAt(eye, [0, 0, 0], [0, 1, 0]);
  // 45 degrees at least, both ways.
  const upright = 2 * Math.atan(Math.tan(Math.PI / 8) / Math.min(1, aspect));
  const lens = mat4.perspective(upright, aspect, 0.1, 100);
  return mat4.multiply(mat4.multiply(lens, look), factor) as Float32Array;
}
