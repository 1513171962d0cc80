import { decodeWav, type Sound } from './wav.js';

/** Seconds of a sound that are used at most. */
export const MAX_SECONDS = 30;

/** Samples per second of what the browser decodes. */
const RATE = 44_100;

/**
 * The sound in a file that this browser can play, its channels averaged, its beginning where it is long.
 *
 * @throws when it cannot, or there is none
 */
export async function openSound(name: string, bytes: ArrayBuffer): Promise<Sound> {
  const plain = decodeWav(bytes);
  const { rate, samples } = plain ?? (await decode(bytes));
  if (samples.length === 0) throw new RangeError('it must hold samples, got none');
  return { name, rate, samples: samples.slice(0, MAX_SECONDS * rate), plain: Boolean(plain) };
}

async function decode(bytes: ArrayBuffer): Promise<Pick<Sound, 'rate' | 'samples'>> {
  const buffer = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(bytes);
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, c) =>
    buffer.getChannelData(c),
  );
  const mean = (_: unknown, i: number) =>
    channels.reduce((sum, channel) => sum + channel[i]!, 0) / channels.length;
  return { rate: RATE, samples: Float32Array.from({ length: buffer.length }, mean) };
}
