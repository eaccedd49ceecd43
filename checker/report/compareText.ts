import type { Cell, Comparison } from '../compare/comparison';
import { coloursOf, type Colours } from './colours';
import { fallenWords, LEGEND, makingTexts, remarkOn, rowsOf, sumText } from './compareWords';
import { fill, labelled, WIDTH, wrap } from './layout';
import type { ReportOptions } from './options';
import { counted } from './phrase';
import { titleOf } from './title';

const GAP = 2;

/** A table as people read it in a terminal: verdicts in a grid, then each cell that is not green in full. */
export function compareText(comparison: Comparison, options: ReportOptions = {}): string {
  const colours = coloursOf(options);
  const rows = rowsOf(comparison);
  const chosen = comparison.properties.filter((name) => name !== 'deadlock');
  const open = rows.filter(({ cells }) => cells.some(({ verdict }) => verdict !== 'holds'));
  const making = makingTexts(comparison).flatMap((text) => wrap(text, 0, 4));
  return [
    titleOf({ ...comparison, variant: null, properties: chosen }, colours),
    '',
    ...grid(comparison, colours),
    ...open.flatMap(({ variant, cells }) => [
      colours.bold(variant),
      ...cells
        .filter(({ verdict }) => verdict !== 'holds')
        .flatMap((cell) => cellLines(cell, comparison, colours)),
      '',
    ]),
    ...(open.length > 0 ? [...wrap(LEGEND, 0, 0), ''] : []),
    ...labelled('made with', making, colours.cyan),
    ...labelled('compared', [sumText(comparison)], colours.bold),
    '',
  ].join('\n');
}

/** The verdicts, as many environments side by side as fit. */
function grid(comparison: Comparison, colours: Colours): string[] {
  const rows = rowsOf(comparison);
  const margin = Math.max(...comparison.variants.map((name) => name.length)) + GAP;
  const columns = comparison.environments.map((name, i) => {
    const marks = rows.map(({ cells }) => mark(cells[i] as Cell));
    return { name, marks, width: Math.max(name.length, ...marks.map((text) => text.length)) + GAP };
  });
  const lines: string[] = [];
  for (let first = 0; first < columns.length;) {
    let last = first + 1;
    let used = margin + (columns[first]?.width ?? 0);
    while (last < columns.length && used + (columns[last]?.width ?? 0) <= WIDTH)
      used += columns[last++]?.width ?? 0;
    const part = columns.slice(first, last);
    lines.push(
      `${' '.repeat(margin)}${part.map(({ name, width }) => name.padEnd(width)).join('')}`.trimEnd(),
    );
    rows.forEach(({ variant, cells }, row) => {
      const texts = part.map(({ marks, width }, i) => {
        const text = marks[row] as string;
        return paint(cells[first + i] as Cell, colours)(text) + ' '.repeat(width - text.length);
      });
      lines.push(`${variant.padEnd(margin)}${texts.join('')}`.trimEnd());
    });
    lines.push('');
    first = last;
  }
  return lines;
}

/** A verdict in a few words: `holds`, `3 fall`, `1 falls, 2 open`. */
function mark({ verdict, violated, undecided }: Cell): string {
  if (verdict !== 'violated') return verdict;
  const falls = `${violated.length} ${violated.length === 1 ? 'falls' : 'fall'}`;
  return undecided === undefined ? falls : `${falls}, ${undecided.length} open`;
}

function cellLines(cell: Cell, { environments }: Comparison, colours: Colours): string[] {
  const margin = 2 + Math.max(...environments.map((name) => name.length)) + GAP;
  const remark = remarkOn(cell);
  const states = counted(cell.distinct, 'distinct state');
  const head = cell.verdict === 'violated' ? [] : [paint(cell, colours)(cell.verdict)];
  const lines = [
    ...fill([...head, ...fallenWords(cell), states], margin),
    ...(remark === undefined ? [] : wrap(remark, margin, 0)),
  ].map((line) => line.trimStart());
  return lines.map(
    (line, i) => (i === 0 ? `  ${cell.environment}`.padEnd(margin) : ' '.repeat(margin)) + line,
  );
}

function paint({ verdict }: Cell, colours: Colours): (text: string) => string {
  return { holds: colours.green, violated: colours.red, incomplete: colours.yellow, broken: colours.magenta }[
    verdict
  ];
}
