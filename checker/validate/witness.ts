import type { Evaluator, Row } from '../model/evaluator';
import { Fault } from '../model/fault';
import { stepOf } from '../trace/rebuild';
import { observedOf } from './observe';
import type { PathStep } from './search';
import type { Witness, WitnessStep } from './validation';

/**
 * Turns a path into a run by taking each of its steps again: what is shown has been replayed. Throws `Fault` where a
 * step can't be found again, since then some function of the spec is not pure.
 */
export function witnessOf(evaluator: Evaluator, path: readonly PathStep[]): Witness {
  const [first] = path as readonly [PathStep, ...PathStep[]];
  const steps = path.slice(1).map((to, i): WitnessStep => {
    const from = path[i] as PathStep;
    const all = evaluator.successors(from.row);
    const successor = all[to.by];
    if (successor === undefined || !same(successor.row, to.row)) throw lostStep(evaluator, from.row, i + 1);
    const observed = observedOf(evaluator, evaluator.stateOf(from.row), successor);
    return {
      ...stepOf(evaluator, from.row, successor, all, i + 1),
      ...(to.events > from.events && { event: to.events }),
      ...(observed && { observed }),
    };
  });
  return {
    start: evaluator.initial.indexOf(first.row) + 1,
    initial: evaluator.plainStateOf(first.row),
    steps,
    length: path.length,
  };
}

function same(a: Row, b: Row): boolean {
  return a.join(',') === b.join(',');
}

function lostStep(evaluator: Evaluator, from: Row, number: number): Fault {
  return new Fault({
    place: { part: 'effect', name: '' },
    what: `step ${number} of a run that was found could not be taken again from the same state`,
    advice:
      'some guard, effect or range is not pure: it uses Math.random, the time, or a variable it changes',
    state: evaluator.plainStateOf(from),
  });
}
