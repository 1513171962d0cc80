import { find } from '../layout/find.js';

const stage = find('stage', HTMLElement);
const image = find('original', HTMLImageElement);
const video = find('camera', HTMLVideoElement);
const divider = find('divider', HTMLInputElement);

/** Shows the original left of the divider and the noisy picture right of it. */
export function createStage() {
  const move = () => stage.style.setProperty('--divider', `${divider.value}%`);
  divider.addEventListener('input', move);
  move();
  return {
    image,
    video,
    /** The canvas of whoever draws now. */
    setCanvas(canvas: HTMLCanvasElement) {
      find('noisy', HTMLElement).replaceChildren(canvas);
    },
    /** Shows the camera in place of the picture, or the picture again. */
    showVideo(shown: boolean) {
      video.hidden = !shown;
      image.hidden = shown;
    },
    /** Takes the shape of a picture, so that nothing is cut off. */
    setShape(width: number, height: number) {
      stage.style.setProperty('--aspect', String(width / height));
    },
  };
}
