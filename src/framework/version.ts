import { pick, show } from '../check.js';

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

/** What a framework need not keep, checked to be still there. */
export function membersOf<K extends string>(
  call: string,
  { name, version = 'another version', tested }: Framework,
  part: string,
  value: object,
  members: readonly K[],
): { readonly [P in K]?: unknown } {
  const found = pick(call, part, value, members);
  for (const member of members) {
    if (found[member] !== undefined && found[member] !== null) continue;
    throw new TypeError(
      `${call}: ${part} of ${name} must have ${member}, as it has in ${tested.join(' and ')}, got ` +
        `${show(found[member])} in ${version}`,
    );
  }
  return found;
}
