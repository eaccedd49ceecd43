import type { ActionLearning, Learning, PartLearning, PropertyLearning, Statistics } from '../exploration';
import { counted } from './phrase';
import { grouped } from '../value/grouped';
import { missedText } from './textCounts';

/** What the search called of the user's code and why, a part of the spec a line: for making a slow spec fast. */
export function statsLines(statistics: Statistics): string[] {
  const { learning, actions, distinct } = statistics;
  if (learning === undefined) return [];
  return [
    ...table([
      ['action', 'steps', 'runs', 'hits', 'cells', 'reads'],
      ...learning.actions.map((part, i) => actionRow(part, actions[i]?.generated ?? 0)),
    ]),
    ...(learning.properties.length > 0
      ? ['', ...table([['property', 'runs', 'cells', 'reads'], ...learning.properties.map(propertyRow)])]
      : []),
    '',
    ...summary(learning, distinct),
    learning.exact
      ? 'states are compared whole'
      : `states are told apart by 64 bits: ${missedText(statistics)}`,
  ];
}

/** Columns of a table: the first and the last one of words, between them numbers. */
function table(rows: readonly (readonly string[])[]): string[] {
  const last = (rows[0]?.length ?? 0) - 1;
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => {
        if (column === last) return cell;
        return column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
}

function actionRow({ action, ...part }: ActionLearning, steps: number): string[] {
  return [
    action,
    grouped(steps),
    grouped(part.runs),
    part.plainly === null ? hits(part.runs, steps) : '–',
    grouped(part.cells),
    readsOf(part),
  ];
}

function propertyRow({ property, ...part }: PropertyLearning): string[] {
  return [property, grouped(part.runs), grouped(part.cells), readsOf(part)];
}

function readsOf({ reads, plainly }: PartLearning): string {
  const more = reads.length >= 24 ? ' …' : '';
  const why = plainly === null ? '' : `run plainly: ${plainly}. `;
  return why + reads.join(' ') + more;
}

/** Share of the steps that took no run of the user's code; runs that find a guard false count against it. */
function hits(runs: number, steps: number): string {
  return steps === 0 ? '–' : `${Math.max(0, (1 - runs / steps) * 100).toFixed(1)} %`;
}

function summary(
  { calls, audits, auditSeconds, unaudited, cells, whole, bytesAState, shared }: Learning,
  distinct: number,
): string[] {
  return [
    `${grouped(calls)} calls of the spec's functions to learn them, ${grouped(audits)} in ${auditSeconds.toFixed(2)} s to audit what was learned`,
    ...(unaudited > 0
      ? [
          `${grouped(unaudited)} answers were not audited: there were too many, or the run ended before their turn`,
        ]
      : []),
    `${counted(cells, 'cell')} a state${whole ? ', each a whole variable' : ''}; ${bytesAState.toFixed(1)} bytes kept for each of ${grouped(distinct)} states`,
    ...(shared > 0 ? [`${grouped(shared)} states expanded by several threads at once`] : []),
  ];
}
