import { writeFileSync } from 'node:fs';
import { readDigits } from './mnist.js';
import { countRight } from './network.js';
import { train } from './training.js';

/** Trains the page's classifier, and writes it, its test digits, and how many of them it tells right. */
const { training, test } = readDigits(50);
const weights = train(training, 42);
const digits = Uint8Array.from(test.flatMap(({ pixels }) => [...pixels]));
const right = countRight(weights, digits);
const write = (name: string, content: string | Uint8Array) =>
  writeFileSync(new URL(`data/${name}`, import.meta.url), content);
write('weights.bin', new Uint8Array(weights.buffer));
write('digits.bin', digits);
write('measured.json', `${JSON.stringify({ digits: test.length, right })}\n`);
console.log(`Trained by ${training.length} digits; of ${test.length} others, ${right} are right.`);
