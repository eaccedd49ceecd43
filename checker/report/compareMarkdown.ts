import type { Cell, Comparison } from '../compare/comparison';
import { fallenWords, LEGEND, makingTexts, remarkOn, rowsOf, sumText } from './compareWords';
import { counted } from './phrase';

/** A table in Markdown, to commit beside the spec; the columns are padded as Prettier would. */
export function compareMarkdown(comparison: Comparison): string {
  const table = [
    ['', ...comparison.environments.map(escaped)],
    ...rowsOf(comparison).map(({ variant, cells }) => [`**${escaped(variant)}**`, ...cells.map(cellText)]),
  ];
  const widths = comparison.environments.map((_, i) => widest(table, i + 1));
  const all = [Math.max(3, widest(table, 0)), ...widths.map((width) => Math.max(3, width))];
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, i) => text.padEnd(all[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = table;
  return [
    line(head),
    line(all.map((width) => '-'.repeat(width))),
    ...body.map(line),
    '',
    `${sumText(comparison)}. ${LEGEND}`,
    '',
    ...makingTexts(comparison).map((text) => `- ${escaped(text)}`),
    '',
  ].join('\n');
}

function cellText(cell: Cell): string {
  const remark = remarkOn(cell);
  return [
    cell.verdict === 'violated' ? undefined : cell.verdict === 'holds' ? 'holds' : `_${cell.verdict}_`,
    ...fallenWords(cell).map((words) => `✗ ${escaped(words)}`),
    ...(remark === undefined ? [] : [escaped(remark)]),
    counted(cell.distinct, 'distinct state'),
  ]
    .filter((part) => part !== undefined)
    .join('<br>');
}

/** What would end a cell, or be taken for markup. */
function escaped(text: string): string {
  return text.replace(/[\\|*_<>`]/g, '\\$&').replaceAll('\n', ' ');
}

function widest(table: readonly (readonly string[])[], column: number): number {
  return Math.max(...table.map((row) => row[column]?.length ?? 0));
}
