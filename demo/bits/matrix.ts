import type { Checked, Table } from '../../test/table/check.mjs';

/** A row for each chain of the table, a column for each format, and a mark in each cell that was checked. */
export function createMatrix(element: HTMLTableElement, { groups }: Table) {
  const rows = groups.flatMap((group) => group.rows);
  const columns = [...new Set(rows.flatMap(({ hashes }) => Object.keys(hashes)))];
  const key = (name: string, column: string) => `${name} in ${column}`;
  const cells = new Map<string, HTMLTableCellElement>();

  const head = element.createTHead().insertRow();
  head.append(heading('col', 'Chain'), ...columns.map((column) => heading('col', column)));
  const body = element.createTBody();
  for (const { name, hashes } of rows) {
    const row = body.insertRow();
    row.append(heading('row', name));
    for (const column of columns) {
      const cell = row.insertCell();
      if (column in hashes) cells.set(key(name, column), cell);
    }
  }
  clear();

  function clear(): void {
    for (const cell of cells.values()) {
      cell.className = '';
      cell.textContent = '·';
    }
  }

  return {
    clear,
    show({ name, column, difference, missing }: Checked): void {
      const cell = cells.get(key(name, column))!;
      if (missing) {
        cell.textContent = '–';
        return;
      }
      cell.className = difference ? 'different' : 'same';
      cell.textContent = difference ? '✗' : '✓';
    },
  };
}

function heading(scope: 'row' | 'col', text: string): HTMLTableCellElement {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}
