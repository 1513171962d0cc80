import { choice, fields } from './check.js';
import type { Barrier } from './kernel.js';
import { type ChainOptions, type ChainSettings, chainSettings, DEFAULTS } from './plan.js';
import { type At, ORIGIN, type StreamState, streamState } from './stream.js';

/** Where an engine starts in the noise, and what its chains are unless they say otherwise. */
export interface EngineOptions extends At, Omit<ChainOptions, 'format'> {
  /**
   * How exact math keeps products apart from sums on a device. Both give the same bits; the default
   * is the faster one for the device's kind. The CPU reference has no use for it.
   */
  readonly barrier?: Barrier;
}

export interface EngineSettings {
  readonly state: StreamState;
  readonly chain: ChainSettings;
  readonly barrier?: Barrier | undefined;
}

const NAMES = ['seed', 'stream', 'position', 'math', 'rounds', 'rounding', 'barrier'] as const;

/**
 * Checks an engine's options and fills in what is left out.
 *
 * @throws {TypeError | RangeError} naming the call, the field and the value
 */
export function engineSettings(call: string, options: unknown): EngineSettings {
  const { seed, stream, position, barrier, ...rest } = fields(call, options, NAMES);
  return {
    state: streamState(call, { seed, stream, position }, ORIGIN),
    chain: chainSettings(call, rest, DEFAULTS),
    barrier:
      barrier === undefined
        ? undefined
        : choice<Barrier>(call, 'barrier', barrier, ['saturate', 'xor']),
  };
}
