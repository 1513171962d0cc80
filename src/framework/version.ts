import { show } from '../check.js';

/** A framework as an adapter found it. */
export interface Framework {
  /** The adapter. */
  readonly entry: string;
  readonly name: string;
  /** Of the package that was loaded, such as 4.22.0, where it tells. */
  readonly version: string | undefined;
  /** Versions that the adapter was tested with, such as 4.22. */
  readonly tested: readonly string[];
}

const warned = new Set<string>();

/**
 * Says once on the console that a version was not tested. It may well work: what an adapter needs
 * beyond the documented is checked to be there.
 */
export function checkVersion({ entry, name, version, tested }: Framework): void {
  if (!version || warned.has(entry)) return;
  if (tested.some((each) => version === each || version.startsWith(`${each}.`))) return;
  warned.add(entry);
  console.warn(`${entry}: tested with ${name} ${tested.join(' and ')} only, got ${version}`);
}

/** Checks that what a framework need not keep is still there. */
export function checkMembers(
  call: string,
  { name, version = 'another version', tested }: Framework,
  part: string,
  value: object,
  members: readonly string[],
): void {
  for (const member of members) {
    const found = (value as Record<string, unknown>)[member];
    if (found !== undefined && found !== null) continue;
    throw new Error(
      `${call}: ${part} of ${name} must have ${member}, as it has in ${tested.join(' and ')}, got ` +
        `${show(found)} in ${version}`,
    );
  }
}
