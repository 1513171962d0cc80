import { message } from '../gpu/device.js';

/** A camera that runs. */
export interface Camera {
  stop(): void;
}

/**
 * Starts the camera, shows it in a video element and calls back for each of its frames.
 *
 * @returns the running camera, or why there is none, as a sentence
 */
export async function startCamera(
  video: HTMLVideoElement,
  frame: () => void,
): Promise<Camera | string> {
  if (!navigator.mediaDevices) return 'The camera needs a secure address: https:// or localhost.';
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } });
    video.srcObject = stream;
    await video.play();
  } catch (error) {
    return `The camera could not be started (${message(error)}): allow it in the address bar.`;
  }
  let request = 0;
  const next = () => {
    if (video.videoWidth > 0) frame();
    request = requestAnimationFrame(next);
  };
  next();
  return {
    stop() {
      cancelAnimationFrame(request);
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
    },
  };
}

/** Calls back once a second with how often per second what it returns is called. */
export function createRate(shown: (perSecond: number) => void): () => void {
  let since = performance.now();
  let calls = 0;
  return () => {
    calls++;
    const seconds = (performance.now() - since) / 1000;
    if (seconds < 1) return;
    shown(calls / seconds);
    since = performance.now();
    calls = 0;
  };
}
