/** A table as Prettier lays it out: so many columns of words, to the left, then numbers, to the right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  words = 1,
): string {
  const widths = header.map((name, i) =>
    Math.max(3, name.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const isRight = (i: number) => i >= words;
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (isRight(i) ? (cells[i] ?? '').padStart(width) : (cells[i] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (isRight(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}
