// What the library is held against. Each is loaded when a row asks for it; one that cannot be is
// listed with the reason that it gave.
//
// A yardstick: `name`; `kind`, 'peer' or 'cpu'; its `package`, if it comes in one; how it `differs`; the
// tasks that it `does`; and `load()`, which resolves to its `tasks`: functions of a bench that resolve to
// what contest.mjs calls opened; and `close`.
import { firstLine } from './contest.mjs';

/** Loads those that can do one of the wanted tasks. */
export async function loadYardsticks(yardsticks, { wanted, versions, loading, signal }) {
  const loaded = [];
  for (const { name, kind, does, package: from, differs, load } of yardsticks) {
    if (signal?.aborted || !does.some((task) => wanted.has(task))) continue;
    loading(name);
    const said = {
      name,
      kind,
      does,
      differs,
      ...(from && { package: from, version: versions[from] }),
    };
    try {
      loaded.push({ ...said, ran: true, peer: await load() });
    } catch (error) {
      loaded.push({ ...said, ran: false, reason: firstLine(error) });
    }
  }
  return loaded;
}

/** Contestants for a task. Those that were not loaded say why when they are opened. */
export function peersFor(task, bench) {
  return bench.peers
    .filter(({ does }) => does.includes(task))
    .map(({ name, kind, peer, reason }) => ({
      name,
      kind,
      async open() {
        if (!peer) throw new Error(reason);
        return peer.tasks[task](bench);
      },
    }));
}
