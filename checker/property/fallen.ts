import type { Finding } from '../exploration';
import type { Evaluator, Row } from '../model/evaluator';
import { NoAnswer } from '../model/fault';

/** What fell, and for which parameters; but for the run to it. */
export type Fallen = Omit<Finding, 'run'>;

/**
 * Whether a property falls at the end of a run by the user's own function. One that has once not come back is not asked:
 * it has fallen before that.
 */
export function fallsAgain(evaluator: Evaluator, fallen: Fallen, rows: readonly Row[]): boolean {
  try {
    return evaluator.sparing(() => falls(evaluator, fallen, rows));
  } catch (error) {
    if (error instanceof NoAnswer) return true;
    throw error;
  }
}

function falls(evaluator: Evaluator, { kind, property, parameters = {} }: Fallen, rows: readonly Row[]) {
  const { invariants, actionProperties } = evaluator.model;
  const row = rows.at(-1) as Row;
  const last = evaluator.stateOf(row);
  const holds = (evaluate: (() => unknown) | undefined) =>
    evaluate === undefined ||
    evaluator.predicate({ part: kind as 'invariant', name: property, parameters }, last, evaluate);
  if (kind === 'deadlock') return evaluator.successors(row).length === 0;
  if (kind === 'invariant') {
    const invariant = invariants.find(({ name }) => name === property);
    return !holds(invariant && (() => invariant.holds(last, parameters)));
  }
  const before = evaluator.stateOf(rows.at(-2) as Row);
  const promise = actionProperties.find(({ name }) => name === property);
  return !holds(promise && (() => promise.holds(before, last, parameters)));
}
