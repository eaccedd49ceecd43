import type { Evaluator, Row, Successor } from '../model/evaluator';
import { Fault } from '../model/fault';
import { diff } from './diff';
import { choiceOf, labelOf } from './label';
import type { Trace, TraceStep } from './trace';

/**
 * Turns a path of states into steps by taking each one again, by the user's own functions: what is shown
 * has been replayed. A step that cannot be found again means that a function is not pure: throws `Fault`.
 */
export function rebuild(evaluator: Evaluator, path: readonly Row[]): Trace {
  const steps: TraceStep[] = [];
  for (let i = 1; i < path.length; i++) {
    const from = path[i - 1] as Row;
    const to = (path[i] as Row).join(',');
    // Another step out of that state may be at fault: this one has been taken.
    const { found: all } = evaluator.successorsAnyhow(from);
    const successor = all.find((candidate) => candidate.row.join(',') === to);
    if (successor === undefined) throw lostStep(evaluator, from, i);
    steps.push(stepOf(evaluator, from, successor, all, i));
  }
  return {
    start: evaluator.initial.indexOf(path[0] as Row) + 1,
    initial: evaluator.plainStateOf(path[0] as Row),
    steps,
    length: steps.length + 1,
  };
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

function lostStep(evaluator: Evaluator, from: Row, number: number): Fault {
  return new Fault({
    place: { part: 'effect', name: '' },
    what: `step ${number} of a counterexample could not be taken again from the same state`,
    advice:
      'some guard, effect or range is not pure: it uses Math.random, the time, or a variable it changes',
    state: evaluator.plainStateOf(from),
  });
}
