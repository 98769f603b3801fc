/** Columns under heads, as kubectl prints them: as wide as their content, three spaces apart, no line ends in spaces. */
export function renderTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = measureColumns(heads, rows);
  return [heads, ...rows].map((row) => renderRow(row, widths)).join('');
}

/** How wide the columns of a table are, in characters. */
export function measureColumns(heads: readonly string[], rows: readonly (readonly string[])[]): number[] {
  const all = [heads, ...rows];
  return heads.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
}

/** One more line of a table. */
export function renderRow(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
  return `${cells.join('   ').trimEnd()}\n`;
}
