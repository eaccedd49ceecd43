import type { Evaluator, Row, Successor } from '../model/evaluator';
import { Fault } from '../model/fault';
import { diff } from './diff';
import { choiceOf, labelOf } from './label';
import { stepAmong, type Run, type RunStep } from './run';
import type { Trace, TraceStep } from './trace';

/** A run that was taken again: how it is shown, and its states. */
export interface Replayed {
  readonly trace: Trace;
  readonly rows: readonly Row[];
}

/**
 * Takes each step of a run again, by the user's own functions: what is shown has been replayed. A step that is not enabled
 * there any more means that a function is not pure: throws `Fault`.
 */
export function rebuild(evaluator: Evaluator, run: Run): Replayed {
  const rows = [evaluator.initial.at(run.start) as Row];
  const steps = run.steps.map((step, index) => {
    const from = rows[index] as Row;
    // Another step out of that state may be at fault: this one has been taken.
    const { found: all } = evaluator.successorsAnyhow(from);
    const successor = stepAmong(all, step);
    if (successor === undefined) throw lostStep(evaluator, step, from, index + 1);
    rows.push(successor.row);
    return stepOf(evaluator, from, successor, all, index + 1);
  });
  const initial = evaluator.plainStateOf(rows[0] as Row);
  return { trace: { start: run.start + 1, initial, steps, length: rows.length }, rows };
}

/** Describes one step among all those enabled in its state. */
export function stepOf(
  evaluator: Evaluator,
  from: Row,
  successor: Successor,
  all: readonly Successor[],
  number: number,
): TraceStep {
  const { action, parameters } = successor;
  const choice = choiceOf(successor, all);
  const before = evaluator.stateOf(from);
  const after = evaluator.stateOf(successor.row);
  const told: unknown = action.says;
  const says =
    told === undefined
      ? undefined
      : evaluator.says({ part: 'says', name: action.name, parameters }, before, () =>
          typeof told === 'function' ? (told(parameters, before, after) as unknown) : told,
        );
  const state = evaluator.plainStateOf(successor.row);
  return {
    number,
    action: action.name,
    parameters,
    ...(choice !== undefined && { choice }),
    label: labelOf(successor, all),
    ...(says !== undefined && { says }),
    changes: diff(evaluator.plainStateOf(from), state),
    state,
  };
}

function lostStep(evaluator: Evaluator, { action, parameters }: RunStep, from: Row, number: number): Fault {
  return new Fault({
    place: { part: 'effect', name: action.name, parameters },
    what: `step ${number} of a counterexample could not be taken again from the same state`,
    advice:
      'some guard, effect or range is not pure: it uses Math.random, the time, or a variable it changes',
    state: evaluator.plainStateOf(from),
  });
}
