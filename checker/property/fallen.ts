import type { Finding } from '../exploration';
import { placeOf, type Evaluator, type Row } from '../model/evaluator';
import { NoAnswer } from '../model/fault';
import type { Judged, ModelProperty, State } from '../model/model';
import { propertyKind } from '../model/propertyKinds';

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
  if (kind === 'deadlock') return evaluator.successors(rows.at(-1) as Row).length === 0;
  const declared = evaluator.model.properties.find(({ name }) => name === property);
  if (declared === undefined) return false;
  const states = judgedOf(declared, rows).map((row) => evaluator.stateOf(row)) as readonly State[] as Judged;
  const place = placeOf(declared, parameters);
  return !evaluator.predicate(place, states.at(-1) as State, () => declared.holds(states, parameters));
}

/** The states at the end of a run that a property is judged of. */
export function judgedOf({ kind }: ModelProperty, rows: readonly Row[]): readonly Row[] {
  return rows.slice(propertyKind(kind).of === 'step' ? -2 : -1);
}
