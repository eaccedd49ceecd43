import type { ActionLearning, Learning, Statistics } from '../explore/exploration';
import { grouped, probability } from './phrase';

/** What the search called of the user's code and why, an action a line: for making a slow spec fast. */
export function statsLines({ learning, actions, distinct }: Statistics): string[] {
  if (learning === undefined) return [];
  const rows = learning.actions.map((action, i) => rowOf(action, actions[i]?.generated ?? 0));
  const header = ['action', 'steps', 'runs', 'hits', 'cells', 'reads'];
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 || column === 5
          ? cell.padEnd(column === 5 ? 0 : (widths[0] ?? 0))
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [...[header, ...rows].map(line), ...summary(learning, distinct)];
}

function rowOf({ action, runs, reads, cells, plainly }: ActionLearning, steps: number): string[] {
  const more = reads.length >= 24 ? ' …' : '';
  const why = plainly === null ? '' : `run plainly: ${plainly}. `;
  return [
    action,
    grouped(steps),
    grouped(runs),
    hits(runs, steps),
    grouped(cells),
    why + reads.join(' ') + more,
  ];
}

/** Share of the steps that took no run of the user's code; runs that find a guard false count against it. */
function hits(runs: number, steps: number): string {
  return steps === 0 ? '–' : `${Math.max(0, (1 - runs / steps) * 100).toFixed(1)} %`;
}

function summary(
  { calls, audits, cells, bytesAState, missed, exact, shared }: Learning,
  distinct: number,
): string[] {
  return [
    `${grouped(calls)} calls of the spec's functions to learn them, ${grouped(audits)} to audit what was learned`,
    `${grouped(cells)} cells a state; ${bytesAState.toFixed(1)} bytes kept for each of ${grouped(distinct)} states`,
    ...(shared > 0 ? [`${grouped(shared)} states expanded by several threads at once`] : []),
    exact
      ? 'states are compared whole'
      : `states are told apart by 64 bits: one was missed with probability ${probability(missed)}`,
  ];
}
