// Results as files.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';

/**
 * Writes the results, and the plot where there is one to draw. Nothing is ever overwritten.
 *
 * @returns the files' paths, as the user would type them
 */
export async function saveResults(results, folder) {
  mkdirSync(folder, { recursive: true });
  const path = freePath(folder, `${results.date.slice(0, 10)}-${slug(results)}`);
  writeFileSync(`${path}.json`, `${JSON.stringify(results, null, 2)}\n`);
  const files = [`${path}.json`];
  const picture = await plot(results);
  if (picture) {
    writeFileSync(`${path}.svg`, picture);
    files.push(`${path}.svg`);
  }
  return files.map((file) => relative(process.cwd(), file));
}

/** The plot needs packages of bench/package.json, which may be missing where there is no network. */
async function plot(results) {
  try {
    const { plotThroughput } = await import('./plot.mjs');
    return plotThroughput(results);
  } catch (error) {
    console.error(`the plot could not be drawn: ${error.message.split('\n')[0]}`);
    return undefined;
  }
}

function slug({ adapter, runtime }) {
  const words = `${adapter} ${runtime}`.toLowerCase().replace(/\(.*?\)/g, '');
  return words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function freePath(folder, name) {
  for (let copy = 1; ; copy++) {
    const path = join(folder, copy === 1 ? name : `${name}-${copy}`);
    if (!existsSync(`${path}.json`)) return path;
  }
}
