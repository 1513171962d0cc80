/** The two sounds that can be heard. */
export const tracks = ['original', 'mixed'] as const;
export type Track = (typeof tracks)[number];

/** What plays now. */
interface Playing {
  readonly track: Track;
  readonly source: AudioBufferSourceNode;
  /** Seconds on the context's clock at which the sound's first sample was played, or would have been. */
  readonly since: number;
}

/**
 * Plays one of two sounds that differ in nothing but noise: from one to the other, and when one changes, it
 * goes on where it is.
 *
 * @param changed is called when another one is played, or none
 */
export function createPlayer(changed: () => void) {
  const sounds = new Map<Track, { samples: Float32Array<ArrayBuffer>; rate: number }>();
  let context: AudioContext | undefined;
  let playing: Playing | undefined;

  /** Seconds since the sound's beginning. */
  const elapsed = () => (playing && context ? context.currentTime - playing.since : 0);

  function stop() {
    const { source } = playing ?? {};
    playing = undefined;
    source?.stop();
    changed();
  }

  function play(track: Track) {
    const sound = sounds.get(track);
    if (!sound) return;
    const from = elapsed();
    playing?.source.stop();
    // Browsers let sound begin when something was pressed, not before.
    context ??= new AudioContext();
    void context.resume();
    const { samples, rate } = sound;
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    source.addEventListener('ended', () => {
      if (playing?.source === source) stop();
    });
    source.start(0, from);
    playing = { track, source, since: context.currentTime - from };
    changed();
  }

  return {
    get track() {
      return playing?.track;
    },
    elapsed,
    play,
    stop,
    /** Gives what is heard as a track from now on. */
    set(track: Track, samples: Float32Array<ArrayBuffer>, rate: number) {
      sounds.set(track, { samples, rate });
      if (playing?.track === track) play(track);
    },
  };
}
