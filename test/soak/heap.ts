import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What V8 makes for itself, for as long as a program runs: code, what it knows of types, and roots. */
const OWN = ['code', 'hidden', 'object shape', 'synthetic'];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Collects garbage until those who wait for its end have been told. */
export async function collect(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await new Promise((told) => setTimeout(told, 5));
    collectGarbage();
  }
}

/**
 * Bytes of all that JavaScript has made and still reaches: objects, lists, functions, strings, numbers and the
 * memory of its arrays. Exact, to a byte; takes a second or more.
 */
export function reachableBytes(): number {
  const path = writeHeapSnapshot(join(tmpdir(), `webgpu-noise-${process.pid}.heapsnapshot`));
  const { snapshot, nodes } = JSON.parse(readFileSync(path, 'utf8'));
  rmSync(path);
  const fields: string[] = snapshot.meta.node_fields;
  const types: string[] = snapshot.meta.node_types[0];
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (!OWN.includes(types[nodes[node + type]]!)) bytes += nodes[node + size];
  }
  return bytes;
}
