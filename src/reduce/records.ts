import { USAGE } from '../buffer.js';
import { createRecording } from '../dispatch.js';
import type { Failures } from '../failures.js';
import { type Format, formats } from '../format.js';
import { pieces } from '../pieces.js';
import { keyOf } from '../reference/fixed.js';
import { ORIGIN } from '../stream.js';
import type { ResolvedRange } from '../target.js';
import type { Uniforms } from '../uniforms.js';
import type { Groups } from './groups.js';
import type { Pass } from './kernel.js';
import { type PassHost, passDispatches, WORKGROUP } from './pass.js';
import { recordWords } from './record.js';

/** What to measure of a range. */
export interface RecordsJob {
  readonly range: ResolvedRange<GPUBuffer>;
  readonly format: Format;
  readonly groups: Groups;
  /** Edges of the histogram, one more than bins; none without one. */
  readonly edges: Float32Array;
}

const { STORAGE, COPY_SRC, COPY_DST } = USAGE;

/** The passes that a measurement takes. */
export function measuringPasses({ edges }: Pick<RecordsJob, 'edges'>): readonly Pass[] {
  return edges.length > 0 ? ['extremes', 'moments', 'histogram'] : ['extremes', 'moments'];
}

/**
 * Measures a range: submits, and does not wait. What is left is a record for each group, in a new buffer
 * that the caller destroys.
 */
export function recordsOf(
  host: PassHost & { readonly uniforms: Uniforms; readonly failures: Failures },
  { range, format, groups, edges }: RecordsJob,
): GPUBuffer {
  const { device, uniforms, failures } = host;
  const bins = Math.max(0, edges.length - 1);
  const words = recordWords(bins);
  const buffer = (label: string, bytes: number, usage: number) =>
    failures.createBuffer({ label: `webgpu-noise ${label}`, size: Math.max(4, bytes), usage });
  const records = buffer('records', 4 * words * groups.count, STORAGE | COPY_SRC);
  const cut = pieces({ target: range }, formats[format].bytes, WORKGROUP, device.limits);
  if (cut.length === 0) return records;

  const keys = buffer('edges', edges.byteLength, STORAGE | COPY_DST);
  // Deno 2.9 ends itself at a write of nothing.
  if (bins > 0) device.queue.writeBuffer(keys, 0, Uint32Array.from(edges, keyOf));
  const job = { format, range, pieces: cut, groups, words, bins, limit: 0, base: 0, records };
  const dispatches = measuringPasses({ edges }).flatMap((pass) =>
    passDispatches(host, { ...job, pass, last: pass === 'histogram' ? keys : undefined }),
  );
  const recording = createRecording(device, dispatches);
  const slot = uniforms.forSubmit(recording.uniformBytes);
  recording.write(slot, ORIGIN);
  const encoder = device.createCommandEncoder({ label: 'webgpu-noise measure' });
  const pass = encoder.beginComputePass({ label: 'webgpu-noise measure' });
  recording.record(pass, slot);
  pass.end();
  device.queue.submit([encoder.finish()]);
  keys.destroy();
  return records;
}
