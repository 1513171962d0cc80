// The kernels whose machine code is counted: those of real chains, as src/kernel.ts links them, in the form
// that GPUs get, and three probes that tell what the parts of one cost.
import { createServer } from 'vite';

const WORKGROUP = 256;

/** Chains by a name for the table: ops, and options beyond exact math and 10 rounds. */
const chains = ({
  bits,
  clip,
  normal,
  noise,
  uniform,
  perturb,
  speckle,
  laplace,
  truncatedNormal,
  poisson,
  gaussianDropout,
  diffuse,
  affine,
}) => [
  ['fill with bits, u32', [bits()], { format: 'u32' }],
  ['fill with uniforms, f32', [uniform()], {}],
  ['fill with normals, f32', [normal()], {}],
  ['fill with normals, f32', [normal()], { rounds: 7 }],
  ['fill with normals, f32', [normal()], { math: 'native' }],
  ['fill with normals, f32', [normal()], { math: 'native', rounds: 7 }],
  ['fill with normals, f16', [normal()], { format: 'f16' }],
  ['add noise, f32', [noise()], {}],
  ['add noise, f32', [noise()], { math: 'native' }],
  ['add noise, f16', [noise()], { format: 'f16' }],
  ['add noise and clip, u8', [noise(), clip({ min: 0, max: 255 })], { format: 'u8' }],
  [
    'add noise and clip, u8',
    [noise(), clip({ min: 0, max: 255 })],
    { format: 'u8', math: 'native' },
  ],
  ['perturb weights, bf16', [perturb({ std: 0.1, relative: 'weight' })], { format: 'bf16' }],
  ['speckle and clip, unorm8', [speckle(), clip({ min: 0, max: 1 })], { format: 'unorm8' }],
  [
    'diffuse, affine, gaussianDropout, f32',
    [diffuse({ a: 0.8, b: 0.6 }), affine({ scale: 2, shift: 1 }), gaussianDropout({ rate: 0.5 })],
    {},
  ],
  ['laplace and truncatedNormal, f32', [laplace(), truncatedNormal()], {}],
  ['poisson, f32', [poisson()], {}],
];

/** Three kernels that differ by one part each. */
const PARTS = {
  'store only': 'bitcast<vec4u>(vec4f(f32(quad)))',
  'and Philox': 'draw_bits(0u, quad)',
  'and normals': 'bitcast<vec4u>(draw_normal(0u, quad))',
};

const probe = (words) => `#import lib/draw
#import lib/params
const OPS = 1u;
const DRAWS = 1u;
const INDICES = 1u;
const COLUMNS = 1u;
@group(0) @binding(1) var<storage, read_write> out: array<vec4u>;
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  barrier_zero = params.zero;
  let quad = id.x;
  out[quad] = ${words};
}`;

/**
 * All kernels: `{ name, code, constants, math, draws, elements }`, where each invocation does so many
 * elements; and what finds the software adapter.
 */
export async function loadKernels() {
  const vite = await createServer({
    configFile: false,
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    appType: 'custom',
    logLevel: 'error',
  });
  try {
    const load = (path) => vite.ssrLoadModule(`/src/${path}.ts`);
    const { kernel } = await load('kernel');
    const { link } = await load('link');
    const { shaders } = await load('shaders');
    const { isWord } = await load('format');
    const { plan, DEFAULTS } = await load('plan');
    const { softwareEnvironment } = await load('node/software');
    const chained = chains(await load('index')).map(([name, ops, options]) => {
      const [stage] = plan(ops, options, DEFAULTS).stages;
      const { math, rounds, draws, format } = stage;
      return {
        name: `${name}, ${math}, ${rounds} rounds`,
        code: kernel(stage, { barrier: 'saturate', outOfPlace: false, quads: isWord(format) }).code,
        constants: {
          workgroup: WORKGROUP,
          ...(draws.length > 0 && { philox_rounds: rounds, draw_aligned: 1 }),
        },
        math,
      };
    });
    const probes = ['exact', 'native'].flatMap((math) =>
      Object.entries(PARTS).map(([part, words]) => {
        const chosen = {
          barrier: `lib/barrier/${math === 'exact' ? 'saturate' : 'none'}`,
          normal: `lib/normal/${math}`,
          multiply: 'lib/philox/halves',
        };
        const own = { path: 'probe', text: `#import barrier\n${probe(words)}` };
        const { code } = link('probe', (name) =>
          name === 'probe' ? own : shaders.get(chosen[name] ?? name),
        );
        return { name: part, code, constants: { philox_rounds: 10, draw_aligned: 1 }, math };
      }),
    );
    return { chained, probes, environment: await softwareEnvironment() };
  } finally {
    await vite.close();
  }
}
