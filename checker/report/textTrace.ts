import type { State } from '../model/model';
import { changeText, type Change } from '../trace/diff';
import type { Trace, TraceStep } from '../trace/trace';
import { valueText } from '../value/text';
import type { Colours } from './colours';
import { fill, wrap } from './layout';

/** A run as people read it: the initial state in full, then each step with what it changed and nothing else. */
export function traceLines(trace: Trace, colours: Colours): string[] {
  const width = marginOf(trace);
  return [
    ...initialLines(trace, width, colours),
    ...trace.steps.flatMap((step) => stepLines(step, width, colours)),
  ];
}

/** Columns that the numbers of a run's steps take. */
export function marginOf(trace: Trace): number {
  return String(trace.steps.length).length + 2;
}

export function initialLines(trace: Trace, width: number, colours: Colours): string[] {
  const initial = trace.start === 1 ? 'initially' : `initially (initial state ${trace.start})`;
  return [
    `${'0'.padStart(width)}  ${colours.bold(initial)}`,
    ...stateLines(trace.initial, width + 4, colours),
  ];
}

/** A whole state, its variables side by side as far as they fit. */
export function stateLines(state: State, indent: number, colours: Colours): string[] {
  return fill(
    Object.entries(state).map(([variable, value]) => `${variable}: ${valueText(value)}`),
    indent,
  ).map((line) => colours.dim(line));
}

/** A step with what it changed; `beside` stands under its name. */
export function stepLines(
  step: TraceStep,
  width: number,
  colours: Colours,
  beside: readonly string[] = [],
): string[] {
  return [
    `${String(step.number).padStart(width)}  ${colours.bold(step.label)}`,
    ...beside,
    ...(step.says === undefined ? [] : wrap(step.says, width + 2, 0)),
    ...(step.changes.length === 0
      ? [`${' '.repeat(width + 4)}${colours.dim('(changes nothing)')}`]
      : step.changes.flatMap((change) => changeLines(change, width + 4, colours))),
  ];
}

function changeLines(change: Change, indent: number, colours: Colours): string[] {
  const [first = '', ...rest] = wrap(changeText(change), indent);
  const end = first.indexOf(': ') + 1;
  return [colours.cyan(first.slice(0, end)) + first.slice(end), ...rest];
}
