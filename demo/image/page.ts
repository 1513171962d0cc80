import { keepInAddress } from '../controls/address.js';
import { copyOnClick } from '../controls/copy.js';
import { download } from '../controls/download.js';
import { onFile } from '../controls/files.js';
import { findGPU, message, watchLoss } from '../gpu/device.js';
import { find } from '../layout/find.js';
import { notify, notifyLoss, quiet } from '../layout/notices.js';
import chelsea from '../photo/chelsea.png';
import coffee from '../pictures/coffee.png';
import { type Camera, createRate, startCamera } from './camera.js';
import { createControls } from './controls.js';
import { createGPURenderer, STORABLE } from './gpu.js';
import { pixelsOf } from './picture.js';
import { codeOf, opsOf } from './recipe.js';
import type { Numbers, Renderer } from './renderer.js';
import { REPORT_PAUSE, report } from './report.js';
import { fromQuery, type Sample, type Settings, toQuery } from './settings.js';
import { createStage } from './stage.js';

/** The sample pictures' addresses and what they show. */
const samples: { readonly [S in Sample]: readonly [address: string, alt: string] } = {
  chelsea: [chelsea, 'A tabby cat'],
  coffee: [coffee, 'A cup of coffee'],
};

const stage = createStage();
const controls = createControls(fromQuery(location.search), settingsChanged);
let renderer: Renderer | undefined;
let camera: Camera | undefined;
/** Whether the camera's next picture gets the stream's first noise. */
let restarted = true;
/** Whether measurements rest: at first until a picture is done, for what measures takes longer to compile. */
let resting = true;
/** Whether something was drawn that was not measured. */
let unmeasured = false;
/** Whether the picture is there. */
let decoded = false;
/** Whether what is drawn next is to be saved. */
let saving = false;
/** Whether it draws before the screen is shown next. */
let waiting = false;

const code = find('code', HTMLElement);
const film = find('film', HTMLButtonElement);
code.textContent = codeOf(controls.settings);
onFile((file) => void open(file));
film.addEventListener('click', () => void (camera ? stopFilming() : startFilming()));
find('save', HTMLButtonElement).addEventListener('click', save);
copyOnClick(find('copy', HTMLButtonElement), code);

/** Finds who draws; again, after the GPU was lost. */
async function start(): Promise<void> {
  const found = await findGPU({ features: [STORABLE] });
  if ('device' in found) {
    renderer = createGPURenderer(found);
    watchLoss(found.device, lost);
    quiet();
  } else {
    const { createCPURenderer } = await import('./cpu.js');
    renderer = createCPURenderer();
    notify(`${found.why} Until then the processor draws, more slowly, with the same bits.`);
  }
  stage.setCanvas(renderer.canvas);
  renderer.prepare(opsOf(controls.settings));
  load();
}

function lost(why: string): void {
  renderer?.destroy();
  renderer = undefined;
  notifyLoss(why, start, 'Your settings are kept.');
}

/** Gives the picture to who draws, when both are there. */
function load(): void {
  if (!renderer || camera || !decoded) return;
  renderer.load(pixelsOf(stage.image, renderer.maxPixels));
  const { width, height } = renderer.canvas;
  stage.setShape(width, height);
  find('status', HTMLElement).textContent = `${width} × ${height} pixels, by ${renderer.name}`;
  redraw();
}

async function show(address: string, alt: string): Promise<boolean> {
  stopFilming();
  decoded = false;
  Object.assign(stage.image, { src: address, alt });
  decoded = await stage.image.decode().then(
    () => true,
    () => false,
  );
  if (decoded) load();
  return decoded;
}

async function showSample(sample: Sample): Promise<void> {
  controls.showPicture(sample);
  await show(...samples[sample]);
}

async function open(file: File): Promise<void> {
  const address = URL.createObjectURL(file);
  if (await show(address, file.name)) {
    controls.showPicture(undefined);
    quiet();
  } else {
    notify(`“${file.name}” must be a picture that this browser can show.`, 'error');
    await showSample(controls.settings.picture);
  }
  URL.revokeObjectURL(address);
}

function settingsChanged(settings: Settings, { picture }: Partial<Settings>): void {
  code.textContent = codeOf(settings);
  keepInAddress(toQuery(settings));
  if (picture) void showSample(picture);
  else if (camera) restarted = true;
  else redraw();
}

/** Draws once before the screen is shown next, however often it is called. */
function redraw(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    draw(true);
  });
}

/** @param first whether to draw the stream's first noise, not what comes after the last drawing's */
function draw(first: boolean): void {
  const { settings } = controls;
  unmeasured = resting;
  const numbers = renderer?.draw(opsOf(settings), first ? settings : undefined, !resting);
  if (saving) saveDrawn();
  if (numbers) void measure(numbers);
}

async function measure(numbers: Promise<Numbers>): Promise<void> {
  resting = true;
  const drawnBy = renderer;
  try {
    report(await numbers);
  } catch (error) {
    // What a lost GPU had begun is of no interest: the loss itself has been told.
    if (renderer === drawnBy) notify(`Measuring failed: ${message(error)}.`, 'error');
  }
  rest();
}

/** Lets measurements rest for a while, and then measures what was drawn last. */
function rest(): void {
  setTimeout(() => {
    resting = false;
    if (unmeasured && !camera) redraw();
  }, REPORT_PAUSE);
}

async function startFilming(): Promise<void> {
  restarted = true;
  film.disabled = true; // one camera is enough
  const rate = createRate((perSecond) => {
    find('rate', HTMLElement).querySelector('dd')!.textContent = perSecond.toFixed(0);
  });
  const started = await startCamera(stage.video, () => {
    if (!renderer) return;
    renderer.load(stage.video);
    draw(restarted);
    restarted = false;
    rate();
  });
  film.disabled = false;
  if (typeof started === 'string') return notify(started, 'error');
  camera = started;
  const { videoWidth, videoHeight } = stage.video;
  stage.setShape(videoWidth, videoHeight);
  stage.showVideo(true);
  controls.showPicture(undefined);
  film.setAttribute('aria-pressed', 'true');
  find('rate', HTMLElement).hidden = false;
}

function stopFilming(): void {
  if (!camera) return;
  camera.stop();
  camera = undefined;
  stage.showVideo(false);
  film.setAttribute('aria-pressed', 'false');
  find('rate', HTMLElement).hidden = true;
  load();
}

/** The canvas holds what was drawn only until the screen is shown, so it draws once more. */
function save(): void {
  saving = true;
  if (!camera) draw(true);
}

function saveDrawn(): void {
  saving = false;
  renderer?.canvas.toBlob((blob) => {
    if (!blob) return notify('The picture could not be made into a PNG.', 'error');
    const { noise, seed } = controls.settings;
    download(blob, `${noise}-seed-${seed}.png`);
  });
}

await Promise.all([start(), showSample(controls.settings.picture)]);
requestAnimationFrame(async () => {
  await renderer?.done();
  rest();
});
