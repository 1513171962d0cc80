import { show } from '../check.js';

/** A framework as an adapter found it. */
export interface Framework {
  readonly name: string;
  /** Of the package that was loaded, such as 4.22.0. */
  readonly version: string;
  /** Versions that the adapter was tested with, such as 4.22. */
  readonly tested: readonly string[];
}

const warned = new Set<string>();

/**
 * Says once on the console that a version was not tested. It may work: what an adapter needs beyond
 * the documented is checked to be there.
 */
export function checkVersion(entry: string, { name, version, tested }: Framework): void {
  const known = tested.some((each) => version === each || version.startsWith(`${each}.`));
  if (known || warned.has(entry)) return;
  warned.add(entry);
  console.warn(`${entry}: ${name} must be ${tested.join(' or ')} to be tested, got ${version}`);
}

/** Checks that what is not documented is still there. */
export function checkMembers(
  call: string,
  { name, version, tested }: Framework,
  part: string,
  value: object,
  members: readonly string[],
): void {
  for (const member of members) {
    const found = (value as Record<string, unknown>)[member];
    if (found !== undefined && found !== null) continue;
    throw new Error(
      `${call}: ${part} of ${name} must have ${member}, as in ${tested.join(' or ')}, got ` +
        `${show(found)} in ${version}`,
    );
  }
}
