import { message } from '../gpu/device.js';

/** A recording that is being made. */
export interface Recording {
  /** Ends it. */
  stop(): void;
  /** What was recorded until then, as a file. */
  readonly file: Promise<Blob>;
}

/** What calls do to a voice, which is not wanted here. */
const unchanged = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/**
 * Records from the microphone.
 *
 * @returns the recording, or why there is none, as a sentence
 */
export async function record(seconds: number): Promise<Recording | string> {
  if (!navigator.mediaDevices) {
    return 'The microphone needs a secure address: https:// or localhost.';
  }
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: unchanged });
  } catch (error) {
    return `The microphone could not be started (${message(error)}): allow it in the address bar.`;
  }
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stop = () => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  const timer = setTimeout(stop, 1000 * seconds);
  const file = new Promise<Blob>((recorded) => {
    recorder.addEventListener('stop', () => {
      clearTimeout(timer);
      for (const track of stream.getTracks()) track.stop();
      recorded(new Blob(parts, { type: recorder.mimeType }));
    });
  });
  recorder.start();
  return { stop, file };
}
