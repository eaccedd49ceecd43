import type { Cell, Comparison } from '../compare/comparison';
import { fallenWords, LEGEND, makingTexts, remarkOn, rowsOf, sumText } from './compareWords';
import { counted } from './phrase';

const STYLE = `
  :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
  body { margin: 2rem; }
  .scrolls { overflow-x: auto; }
  table { border-collapse: collapse; }
  caption { text-align: left; caption-side: bottom; padding: 1rem 0; }
  th, td { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .4rem .6rem;
    text-align: left; vertical-align: top; white-space: nowrap; }
  tbody th { position: sticky; left: 0; background: Canvas; }
  .holds { background: color-mix(in srgb, #2a8 18%, transparent); }
  .violated { background: color-mix(in srgb, #d33 18%, transparent); }
  .incomplete { background: color-mix(in srgb, #da2 25%, transparent); }
  .broken { background: color-mix(in srgb, #a3d 22%, transparent); }
  .remark { white-space: normal; }
  small { opacity: .7; }
`;

/** A table as one page that needs nothing beside it. */
export function compareHtml(comparison: Comparison): string {
  const { spec, environments } = comparison;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(spec)}: variants × environments</title>`,
    `<style>${STYLE}</style>`,
    `<h1>${escaped(spec)}</h1>`,
    '<div class="scrolls"><table>',
    `<caption>${escaped(sumText(comparison))}. ${escaped(LEGEND)}${makingTexts(comparison)
      .map((text) => `<br>${escaped(text)}`)
      .join('')}</caption>`,
    `<thead><tr><th scope="col">variant</th>${environments.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rowsOf(comparison).map(
      ({ variant, cells }) =>
        `<tr><th scope="row">${escaped(variant)}</th>${cells.map(cellHtml).join('')}</tr>`,
    ),
    '</tbody>',
    '</table></div>',
    '</html>',
    '',
  ].join('\n');
}

function cellHtml(cell: Cell): string {
  const remark = remarkOn(cell);
  const parts = [
    `<strong>${cell.verdict}</strong>`,
    ...fallenWords(cell).map(escaped),
    ...(remark === undefined ? [] : [`<span class="remark">${escaped(remark)}</span>`]),
    `<small>${escaped(counted(cell.distinct, 'distinct state'))}</small>`,
  ];
  return `<td class="${cell.verdict}">${parts.join('<br>')}</td>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
