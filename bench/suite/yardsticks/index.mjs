// All yardsticks: what the library is held against.
import { boxMuller } from './boxMuller.mjs';
import { d3 } from './d3.mjs';
import { jax } from './jax.mjs';
import { onnx } from './onnx.mjs';
import { stdlib } from './stdlib.mjs';
import { tfjs } from './tfjs.mjs';
import { typegpu } from './typegpu.mjs';

export const yardsticks = [jax, typegpu, tfjs, onnx, boxMuller, d3, stdlib];
