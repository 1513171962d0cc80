// Contestants that are chains of this library.

/** What each row is measured in. The first is the default of the library. */
export const VARIANTS = [
  { name: 'exact', math: 'exact', rounds: 10 },
  { name: 'native', math: 'native', rounds: 10 },
  { name: 'exact, 7 rounds', math: 'exact', rounds: 7 },
  { name: 'native, 7 rounds', math: 'native', rounds: 7 },
];

/** A chain in all variants. */
export function variants(bench, ops, target, options = {}) {
  return VARIANTS.map(({ name, ...variant }) => ({
    ...chains(bench, [ops], target, { ...options, ...variant }),
    name,
    kind: 'ours',
  }));
}

/** One chain after the other on the same target: one, or what a fused chain is held against. */
export function chains({ engine }, list, target, options = {}) {
  return {
    async open() {
      const ready = list.map((ops) => engine.chain(ops, options));
      for (const chain of ready) await chain.ready();
      return {
        record(pass) {
          for (const chain of ready) chain.encode(pass, target);
        },
        // One chain's output is what the row says; it is looked at before anything else has run.
        output: () => outputOf(engine, target, options, ready),
      };
    },
  };
}

/** The first elements are as good as any; reading them all would take longer than measuring. */
const LOOKED_AT = 2 ** 20;

async function outputOf(engine, { buffer, count }, { format }, ready) {
  const encoder = engine.device.createCommandEncoder();
  encoder.clearBuffer(buffer);
  const pass = encoder.beginComputePass();
  for (const chain of ready) chain.encode(pass, { buffer, count });
  pass.end();
  engine.device.queue.submit([encoder.finish()]);
  return engine.read({ buffer, count: Math.min(count, LOOKED_AT) }, { format });
}
