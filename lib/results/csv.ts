import 'server-only';

/** A cell that a spreadsheet shows as text: what would start a formula gets an apostrophe in front. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const shown = value.replace(unseen, '\uFFFD');
  const guarded = startsFormula.test(shown) ? `'${shown}` : shown;
  return `"${guarded.replaceAll('"', '""')}"`;
}

/** What would make a text file binary; tabs and line ends are fine inside quotes. */
const unseen = /(?![\t\n\r])\p{Cc}/gu;

/** Also behind white space, and in full width, which some spreadsheets fold. */
const startsFormula = /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

export function csvRow(cells: (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
