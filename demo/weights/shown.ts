import { find } from '../layout/find.js';
import { labelOf, PIXELS } from './network.js';
import type { Outcome } from './tester.js';

/** Digits that are shown. */
export const SHOWN = 20;

const SIDE = Math.sqrt(PIXELS);

/** Puts the first test digits on the page; returns what shows the guesses for them. */
export function createShown(digits: Uint8Array): (outcome: Outcome, step: number) => void {
  const list = find('shown', HTMLUListElement);
  const cells = Array.from({ length: SHOWN }, (_, index) => {
    const item = document.createElement('li');
    const canvas = pictureOf(digits.subarray(index * PIXELS, (index + 1) * PIXELS));
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `A digit that shows ${labelOf(index)}`);
    const guesses = ['before', 'plus', 'minus'].map((name) => {
      const guess = document.createElement('span');
      guess.className = name;
      guess.textContent = '–';
      return guess;
    });
    item.append(canvas, ...guesses);
    return { item, guesses };
  });
  list.replaceChildren(...cells.map(({ item }) => item));

  return ({ trials }, step) => {
    const by = [trials[0]![0], ...trials[step]!];
    for (const [index, { guesses }] of cells.entries()) {
      for (const [column, cell] of guesses.entries()) {
        const guess = by[column]!.guesses[index]!;
        cell.textContent = `${['', '+ ', '− '][column]}${guess}`;
        cell.classList.toggle('wrong', guess !== labelOf(index));
      }
    }
  };
}

/** The bytes as ink on transparent ground, to be light on dark pages and dark on light ones. */
function pictureOf(pixels: Uint8Array): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE });
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(SIDE, SIDE);
  for (const [index, light] of pixels.entries()) image.data.set([255, 255, 255, light], 4 * index);
  context.putImageData(image, 0, 0);
  return canvas;
}
