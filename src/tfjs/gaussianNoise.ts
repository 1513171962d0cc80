import { customGrad, mul, serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { deviation, entriesOf } from '../check.js';
import type { NoiseEngine } from '../engine.js';
import { checkEngine, checkShared } from '../framework/device.js';
import { noise } from '../ops/noise.js';
import { makeTensor, rangeOf, webgpuBackend } from './backend.js';

type Layer = ReturnType<typeof layers.gaussianNoise>;
type LayerOptions = Parameters<typeof layers.gaussianNoise>[0];
type LayerClass = new (options: GaussianNoiseOptions) => Layer;

/** Options of `gaussianNoise`: those of tfjs's layer of this name, and an engine. */
export interface GaussianNoiseOptions extends LayerOptions {
  /** On tfjs's device. Each step of training draws on from where it is. */
  readonly engine: NoiseEngine;
}

/**
 * A layer in place of `tf.layers.gaussianNoise`: adds noise in training only, drawn on the GPU from the
 * engine's seed. Gradients pass through it as they are. What `model.save` saves is a layer of the class
 * WebGPUGaussianNoise.
 *
 * @param options `engine`, `stddev`, and those of any layer
 * @throws {TypeError | RangeError | Error} when one is wrong, or tfjs-layers was not imported
 */
export function gaussianNoise(options: GaussianNoiseOptions): Layer {
  const call = 'gaussianNoise';
  const given = Object.fromEntries(entriesOf(call, 'options', options)) as object as typeof options;
  checkEngine(call, given.engine);
  const layer = new (noiseLayer(call))(given);
  loading ??= given.engine;
  return layer;
}

/**
 * Tells tfjs how to load models with layers that `gaussianNoise` made: they draw from this engine.
 *
 * @throws {TypeError | Error} when the engine is none, or tfjs-layers was not imported
 */
export function registerGaussianNoise(engine: NoiseEngine): void {
  const call = 'registerGaussianNoise';
  checkEngine(call, engine);
  noiseLayer(call);
  loading = engine;
}

/** What layers that tfjs makes from a saved configuration draw from: the engine given, or the first. */
let loading: NoiseEngine | undefined;
let made: LayerClass | undefined;

/** The layer's class, which can be made once there is tfjs's own, from the registry that it is in. */
function noiseLayer(call: string): LayerClass {
  if (made) return made;
  const [own] = serialization.SerializationMap.getMap().classNameMap.GaussianNoise ?? [];
  if (!own) throw new Error(`${call}: @tensorflow/tfjs-layers must be imported, got none`);
  const Base = own as unknown as new (options: LayerOptions) => Layer;

  class WebGPUGaussianNoise extends Base {
    static readonly className = 'WebGPUGaussianNoise';
    private readonly engine: NoiseEngine;

    constructor({ engine = loading!, ...options }: GaussianNoiseOptions) {
      checkEngine('gaussianNoise', engine);
      deviation('gaussianNoise', 'stddev', options.stddev);
      super(options);
      this.engine = engine;
    }

    override call(inputs: Tensor | Tensor[], options: { training?: boolean }): Tensor | Tensor[] {
      if (!options.training) return super.call(inputs, options);
      this.invokeCallHook(inputs, options);
      const [input] = Array.isArray(inputs) ? inputs : [inputs];
      return tidy(() => addNoise(this.engine, input!, this.stddev));
    }
  }

  serialization.registerClass(WebGPUGaussianNoise as never);
  made = WebGPUGaussianNoise;
  return made;
}

/** A new tensor: x and noise. Its gradient is that of x. */
function addNoise(engine: NoiseEngine, x: Tensor, std: number): Tensor {
  const webgpu = webgpuBackend('gaussianNoise');
  checkShared('gaussianNoise', engine, webgpu.device, 'tfjs');
  const chain = engine.chain([noise({ std })]);
  const add = customGrad((input) => {
    const source = input as Tensor;
    return {
      value: makeTensor(webgpu, source.shape, (target) =>
        chain.run({ source: rangeOf(webgpu, source), target }),
      ),
      gradFunc: (dy: Tensor) => dy.clone(),
    };
  });
  // A cast of whole numbers has left them as they are: computing with them does not.
  return add(webgpu.tensorMap.get(x.dataId).dtype === 'float32' ? x : mul(x, 1));
}
