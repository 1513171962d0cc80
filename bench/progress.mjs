// How far the suite is, on one line of a terminal; elsewhere, a line for each contest.

/** @param signal once it is aborted, the line says so */
export function createProgress(stream, signal) {
  let last = '';
  let shown = 0;

  function line({ done, row, elements, phase, name, turn, turns }) {
    const percent = `${Math.floor(100 * done)} %`.padStart(5);
    const where = row ? `${row} 2^${Math.log2(elements).toFixed(0)}` : phase;
    const what = phase === 'turn' ? `turn ${turn + 1} of ${turns}` : phase;
    const stopping = signal.aborted ? ' (stopping)' : '';
    return `${percent}  ${where}: ${[what, name].filter(Boolean).join(', ')}${stopping}`;
  }

  return {
    update(state) {
      if (stream.isTTY) {
        const text = line(state).slice(0, (stream.columns ?? 80) - 1);
        stream.write(`\r${text.padEnd(shown)}`);
        shown = text.length;
        return;
      }
      const contest = `${state.row} ${state.elements} ${state.phase === 'load' ? state.name : ''}`;
      if (contest === last || state.phase === 'done') return;
      last = contest;
      stream.write(`${line(state)}\n`);
    },
    clear() {
      if (stream.isTTY) stream.write(`\r${' '.repeat(shown)}\r`);
      shown = 0;
    },
  };
}
