import { find } from '../layout/find.js';
import { createShades, shadeAt } from './colours.js';
import { type Track, tracks } from './player.js';
import { type Spectrogram, spectrogramOf } from './spectrogram.js';

/** dB, at the ends of the colours. */
const QUIET = -100;
const LOUD = -20;

/** Columns of a plot at most, and rows of a waveform. */
const MAX_COLUMNS = 1200;
const WAVE_ROWS = 160;

interface Sound {
  readonly samples: Float32Array;
  readonly rate: number;
}

/** Draws waveforms and spectrograms of the tracks, again when the page is resized or its colours change. */
export function createPlots() {
  const shades = createShades();
  const sounds = new Map<Track, Sound>();

  function draw(track: Track) {
    const sound = sounds.get(track);
    if (!sound) return;
    const figure = find(track, HTMLElement);
    const canvas = (kind: string) => figure.querySelector<HTMLCanvasElement>(`canvas.${kind}`)!;
    const width = canvas('wave').clientWidth * devicePixelRatio;
    const columns = Math.max(1, Math.min(MAX_COLUMNS, Math.round(width)));
    drawWave(canvas('wave'), sound.samples, columns);
    drawSpectrogram(canvas('spectrum'), spectrogramOf(sound.samples, sound.rate, columns));
    scale(figure, sound);
  }

  function drawSpectrogram(canvas: HTMLCanvasElement, { columns, bins, levels }: Spectrogram) {
    Object.assign(canvas, { width: columns, height: bins });
    const context = canvas.getContext('2d')!;
    const picture = context.createImageData(columns, bins);
    for (let x = 0; x < columns; x++) {
      for (let bin = 0; bin < bins; bin++) {
        const shade = shadeAt((levels[x * bins + bin]! - QUIET) / (LOUD - QUIET));
        const at = 4 * ((bins - 1 - bin) * columns + x);
        for (let c = 0; c < 4; c++) picture.data[at + c] = shades[shade + c]!;
      }
    }
    context.putImageData(picture, 0, 0);
  }

  const key = find('key', HTMLCanvasElement);
  Object.assign(key, { width: shades.length / 4, height: 1 });
  key.getContext('2d')!.putImageData(new ImageData(shades.slice(), key.width, 1), 0, 0);

  const drawAll = () => tracks.forEach(draw);
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth !== width) drawAll(); // phones change their height while one scrolls
    width = innerWidth;
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);

  return {
    show(track: Track, samples: Float32Array, rate: number) {
      sounds.set(track, { samples, rate });
      draw(track);
    },
    /** Shows where a track plays, as its share from 0 to 1; nowhere, unless given. */
    mark(track: Track, share?: number) {
      const { style, classList } = find(track, HTMLElement);
      classList.toggle('playing', share !== undefined);
      style.setProperty('--at', String(share ?? 0));
    },
    /** Shows where the clips begin. */
    cut(clips: number) {
      const cuts = find('cuts', HTMLElement);
      cuts.hidden = clips === 1;
      cuts.style.setProperty('--clips', String(clips));
    },
  };
}

/** Draws from the least to the largest sample of each column; the canvas spans full scale. */
function drawWave(canvas: HTMLCanvasElement, samples: Float32Array, columns: number) {
  Object.assign(canvas, { width: columns, height: WAVE_ROWS });
  const context = canvas.getContext('2d')!;
  context.fillStyle = getComputedStyle(canvas).color;
  const row = (sample: number) => ((1 - Math.max(-1, Math.min(1, sample))) / 2) * (WAVE_ROWS - 1);
  for (let x = 0; x < columns; x++) {
    const begin = Math.floor((x / columns) * samples.length);
    const end = Math.max(begin + 1, Math.floor(((x + 1) / columns) * samples.length));
    let [least, most] = [Infinity, -Infinity];
    for (let i = begin; i < end; i++) {
      least = Math.min(least, samples[i]!);
      most = Math.max(most, samples[i]!);
    }
    const top = row(most);
    context.fillRect(x, top, 1, row(least) - top + 1);
  }
}

/** Writes what the axes of a track mean. */
function scale(figure: HTMLElement, { samples, rate }: Sound) {
  const seconds = samples.length / rate;
  const write = (axis: string, marks: readonly (readonly [share: number, text: string])[]) => {
    const spans = marks.map(([share, text]) => {
      const span = document.createElement('span');
      span.textContent = text;
      span.style.setProperty('--at', String(share));
      return span;
    });
    figure.querySelector(`.${axis}`)?.replaceChildren(...spans);
  };
  write('amplitude', [
    [0, '−1'],
    [0.5, '0'],
    [1, '1'],
  ]);
  const hertz = ticks(rate / 2, 5);
  write(
    'frequency',
    hertz.map((f) => [f / (rate / 2), `${f.toLocaleString('en-US')} Hz`]),
  );
  write(
    'time',
    ticks(seconds, 7).map((t) => [t / seconds, `${Number(t.toPrecision(3))} s`]),
  );
}

/** Round numbers from 0 to an end, but not at the very end: as many as are wanted, or fewer. */
function ticks(end: number, most: number): number[] {
  const decade = 10 ** Math.floor(Math.log10(end / most));
  const step = [1, 2, 5, 10].map((n) => n * decade).find((each) => end / each <= most)!;
  const count = Math.floor((0.96 * end) / step) + 1;
  return Array.from({ length: count }, (_, i) => i * step);
}
