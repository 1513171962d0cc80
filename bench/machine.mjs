// What the numbers were measured on.
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

export function describeMachine() {
  const [processor] = cpus();
  return {
    system: `${platform()} ${release().split('.').slice(0, 2).join('.')} ${arch()}`,
    processor: processor?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
  };
}

/** Programs that wanted a core on average over the last minute, this one included. */
export const load = () => Number(loadavg()[0].toFixed(2));

/** The installed version of each of the packages, read from where npm puts them. */
export function versionsOf(names) {
  const versions = {};
  for (const name of names) {
    try {
      const path = new URL(`node_modules/${name}/package.json`, import.meta.url);
      versions[name] = JSON.parse(readFileSync(path, 'utf8')).version;
    } catch {
      // Not installed: the yardstick says so itself.
    }
  }
  return versions;
}

/** This library's version. */
export function ownVersion() {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
