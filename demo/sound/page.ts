import { keepInAddress } from '../controls/address.js';
import { copyOnClick } from '../controls/copy.js';
import { download } from '../controls/download.js';
import { onFile } from '../controls/files.js';
import { findGPU, message, watchLoss } from '../gpu/device.js';
import { find } from '../layout/find.js';
import { notify, notifyLoss, quiet } from '../layout/notices.js';
import { createControls } from './controls.js';
import { createGPUMixer } from './gpu.js';
import { type Recording, record } from './microphone.js';
import type { Mixed, Mixer } from './mixer.js';
import { MAX_SECONDS, openSound } from './open.js';
import { createPlayer, type Track, tracks } from './player.js';
import { createPlots } from './plots.js';
import { clipsOf, codeOf, type Recipe, recipeOf } from './recipe.js';
import { report } from './report.js';
import { fromQuery, type Settings, toQuery } from './settings.js';
import speech from './speech.wav';
import { encodeWav, type Sound } from './wav.js';

const controls = createControls(fromQuery(location.search), settingsChanged);
const plots = createPlots();
const player = createPlayer(showPlaying);
let mixer: Mixer | undefined;
/** Who mixes at the moment. */
let busy: Mixer | undefined;
/** Whether something has changed since the mixing was begun. */
let stale = false;
let sound: Sound | undefined;
/** What `mixer` has been given. */
let loaded: Sound | undefined;
let latest: Mixed | undefined;
let recording: Recording | undefined;

const code = find('code', HTMLElement);
const recorder = find('record', HTMLButtonElement);
const buttonOf = (track: Track) => find(track, HTMLElement).querySelector('button')!;
const labels = tracks.map((track) => buttonOf(track).textContent);

for (const track of tracks) {
  buttonOf(track).addEventListener('click', () => {
    if (player.track === track) player.stop();
    else player.play(track);
  });
}
onFile((file) => void choose(file.name, file));
find('sample', HTMLButtonElement).addEventListener('click', () => void openSample());
recorder.addEventListener('click', () => (recording ? recording.stop() : void startRecording()));
find('save', HTMLButtonElement).addEventListener('click', save);
copyOnClick(find('copy', HTMLButtonElement), code);

/** Finds who mixes; again, after the GPU was lost. */
async function start(): Promise<void> {
  const found = await findGPU();
  loaded = undefined;
  if ('device' in found) {
    mixer = createGPUMixer(found);
    watchLoss(found.device, lost);
    quiet();
  } else {
    const { createCPUMixer } = await import('./cpu.js');
    mixer = createCPUMixer();
    notify(`${found.why} Until then the processor mixes, more slowly, with the same bits.`);
  }
  void mix();
}

function lost(why: string): void {
  mixer?.destroy();
  mixer = undefined;
  notifyLoss(why, start, 'Your settings are kept.');
}

async function openSample(): Promise<void> {
  await open('speech.wav', await fetch(speech));
}

/** Opens what a visitor gives, and takes away what was said of the one before. */
async function choose(name: string, file: Blob): Promise<void> {
  // That the GPU was lost must stay, for it can be restarted there.
  if (mixer) quiet();
  await open(name, file);
}

async function open(name: string, file: Blob | Response): Promise<void> {
  try {
    sound = await openSound(name, await file.arrayBuffer());
  } catch (error) {
    notify(`“${name}” must be a sound that this browser can play: ${message(error)}.`, 'error');
    return;
  }
  const { samples, rate } = sound;
  player.stop();
  player.set('original', samples, rate);
  plots.show('original', samples, rate);
  code.textContent = codeOf(controls.settings, sound);
  await mix();
}

function settingsChanged(settings: Settings): void {
  if (sound) code.textContent = codeOf(settings, sound);
  keepInAddress(toQuery(settings));
  void mix();
}

/** Mixes and shows it, once more if something has changed meanwhile. */
async function mix(): Promise<void> {
  stale = true;
  const by = mixer;
  if (!by || busy === by) return;
  busy = by;
  while (stale && sound && by === mixer) {
    stale = false;
    const of = sound;
    if (loaded !== of) by.load(of.samples);
    loaded = of;
    const { settings } = controls;
    const recipe = recipeOf(settings, of);
    try {
      const mixed = await by.mix(recipe, clipsOf(of), settings);
      if (sound === of && by === mixer) show(mixed, recipe, of, by);
    } catch (error) {
      // What a lost GPU had begun is of no interest: the loss itself has been told.
      if (by === mixer) notify(`Mixing failed: ${message(error)}.`, 'error');
    }
  }
  if (busy === by) busy = undefined;
}

function show(mixed: Mixed, recipe: Recipe, of: Sound, by: Mixer): void {
  const { rate } = of;
  const clips = clipsOf(of);
  latest = mixed;
  player.set('mixed', mixed.noisy, rate);
  plots.show('mixed', mixed.noisy, rate);
  plots.cut(recipe.asked.length);
  report(mixed, recipe, clips, rate);
  const count = mixed.noisy.length.toLocaleString('en-US');
  const hertz = rate.toLocaleString('en-US');
  find('status', HTMLElement).textContent = `${count} samples, ${hertz} Hz, by ${by.name}`;
}

/** Tells what is played and where it is, for as long as it is. */
function showPlaying(): void {
  const { track: playing } = player;
  for (const [i, track] of tracks.entries()) {
    buttonOf(track).textContent = track === playing ? 'Stop' : labels[i]!;
    if (track !== playing) plots.mark(track);
  }
  if (playing) follow(playing);
}

function follow(track: Track): void {
  if (player.track !== track || !sound) return;
  plots.mark(track, Math.min(1, (player.elapsed() * sound.rate) / sound.samples.length));
  requestAnimationFrame(() => follow(track));
}

async function startRecording(): Promise<void> {
  recorder.disabled = true; // one recording is enough
  player.stop();
  const started = await record(MAX_SECONDS);
  recorder.disabled = false;
  if (typeof started === 'string') return notify(started, 'error');
  recording = started;
  recorder.setAttribute('aria-pressed', 'true');
  recorder.textContent = 'Stop recording';
  const file = await recording.file;
  recording = undefined;
  recorder.setAttribute('aria-pressed', 'false');
  recorder.textContent = 'Record';
  await choose('recording', file);
}

function save(): void {
  if (!latest || !sound) return;
  const name = sound.name.replace(/\.\w+$/, '');
  download(encodeWav(latest.noisy, sound.rate), `${name}-noise-seed-${controls.settings.seed}.wav`);
}

await Promise.all([start(), openSample()]);
