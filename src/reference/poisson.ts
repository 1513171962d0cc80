/** The CPU twin of shaders/lib/poisson.wgsl. */
import { exponential } from './exponential.js';
import { logarithm } from './logarithm.js';
import { polynomial } from './polynomial.js';
import { rootInverse } from './root.js';
import { tailQuantile } from './tail.js';
import { unitOpen } from './unit.js';

const { fround: round } = Math;

/** Rates below are searched for. */
const SEARCHED = 16;

const DEEP = 2 ** -10;

/** A Poisson-distributed whole number of a word; rate ≥ 0 in f32. */
export function poissonCount(word: number, rate: number): number {
  return rate < SEARCHED ? search(word, rate) : fromNormal(word, rate);
}

function search(word: number, rate: number): number {
  const u = unitOpen(word);
  const restOfU = unitOpen(~word);
  const lowerHalf = word < 2 ** 31;
  let { power: mass, rest: above } = exponential(rate);
  let below = mass;
  let count = 0;
  for (; count < 47; count++) {
    if (restOfU < DEEP && above < DEEP) above = beyond(count, rate, mass);
    if (lowerHalf ? u <= below : restOfU >= above) break;
    mass = round(mass * round(rate * round(1 / (count + 1))));
    below = round(below + mass);
    above = round(above - mass);
  }
  return count;
}

/** P(X > k), given P(X = k), summed from its small end. */
function beyond(k: number, rate: number, mass: number): number {
  let share = 0;
  for (let j = k + 16; j > k; j--) {
    share = round(round(rate * round(1 / j)) * round(share + 1));
  }
  return round(mass * share);
}

const ORDER_1 = [1 / 3, 1 / 6].map(round);
const ORDER_2 = [-1 / 36, -1 / 72].map(round);
const ORDER_3 = [-8 / 405, 7 / 810, 1 / 270].map(round);

function fromNormal(word: number, rate: number): number {
  const lowerHalf = word < 2 ** 31;
  const tail = unitOpen(lowerHalf ? word : ~word);
  const size = tailQuantile(logarithm(tail, round(1 - tail)));
  const z = lowerHalf ? -size : size;
  const inverseRoot = rootInverse(rate);
  const root = round(rate * inverseRoot);
  const square = round(z * z);

  const from3 = round(polynomial(square, ORDER_3) * inverseRoot);
  const from2 = round(round(round(z * polynomial(square, ORDER_2)) + from3) * inverseRoot);
  const correction = round(polynomial(square, ORDER_1) + from2);
  const whole = Math.floor(rate);
  const sum = round(round(root * z) + round(correction + (rate - whole)));
  return Math.max(round(whole + Math.floor(sum)), 0);
}
