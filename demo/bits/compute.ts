import { writeFileSync } from 'node:fs';
import { createCPUProver } from './cpu.js';
import { BLOCKS, hex, wholeHash } from './proof.js';

/** Computes what `hashes.json` must hold, by the CPU reference, and writes it. */
const prover = createCPUProver();
const blocks: number[] = [];
while (blocks.length < BLOCKS) blocks.push(...(await prover.hashes(blocks.length)));
const hash = wholeHash(blocks);
writeFileSync(
  new URL('hashes.json', import.meta.url),
  `${JSON.stringify({ hash: hex(hash), blocks: blocks.map(hex) }, undefined, 2)}\n`,
);
console.log(`The hash of ${BLOCKS} blocks is ${hex(hash)}.`);
