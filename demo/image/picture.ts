/**
 * The pixels of a picture or of the current frame of a video, on white where it is transparent.
 *
 * @param most pixels to give; what has more is scaled down
 */
export function pixelsOf(source: HTMLImageElement | HTMLVideoElement, most: number): ImageData {
  const [fullWidth, fullHeight] =
    source instanceof HTMLImageElement
      ? [source.naturalWidth, source.naturalHeight]
      : [source.videoWidth, source.videoHeight];
  const scale = Math.min(1, Math.sqrt(most / (fullWidth * fullHeight)));
  const width = Math.max(1, Math.floor(fullWidth * scale));
  const height = Math.max(1, Math.floor(fullHeight * scale));
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('the canvas must have a 2D context, got none');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
