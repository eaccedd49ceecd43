import type { Parameters } from '../../spec/index';
import type { Evaluator, Row } from '../model/evaluator';
import { Fault } from '../model/fault';
import type { State } from '../model/model';
import type { Fallen } from './fallen';

/** How a plain judge asks. */
export interface Asking {
  /** Names of properties that are settled already. */
  readonly settled?: Iterable<string>;
  /** Whether a function that is at fault is passed over, and one that has once not come back not called. */
  readonly anyhow?: boolean;
}

/**
 * Judges steps, states and ends of runs by the user's own functions, called plainly. Properties are asked in the order
 * of the spec. One that is settled, because it has fallen or been reached, is asked no more. A function's `Fault` is thrown
 * once what had been settled before it is told.
 */
export class PlainJudge {
  private readonly settled: Set<string>;
  private readonly anyhow: boolean;

  constructor(
    private readonly evaluator: Evaluator,
    { settled = [], anyhow = false }: Asking = {},
  ) {
    this.settled = new Set(settled);
    this.anyhow = anyhow;
  }

  /** The action properties that a step breaks. */
  *step(before: Row, after: Row): Iterable<Fallen> {
    const { evaluator } = this;
    const states = [evaluator.stateOf(before), evaluator.stateOf(after)] as const;
    for (const property of evaluator.model.actionProperties)
      yield* this.falls('action property', property.name, () => evaluator.breaks(property, ...states));
  }

  /** The invariants that fall in a state. */
  *state(row: Row): Iterable<Fallen> {
    const { evaluator } = this;
    const state = evaluator.stateOf(row);
    for (const invariant of evaluator.model.invariants)
      yield* this.falls('invariant', invariant.name, () => evaluator.falsifies(invariant, state));
  }

  /** The reachable properties that a state satisfies. */
  *reached(row: Row): Iterable<string> {
    const { evaluator } = this;
    const state = evaluator.stateOf(row);
    for (const { name, holds } of evaluator.model.reachable)
      if (
        this.settles(name, () => evaluator.predicate({ part: 'reachable', name }, state, () => holds(state)))
      )
        yield name;
  }

  /** The deadlock, where the system may not rest in a state out of which no step leads. */
  *end(row: Row): Iterable<Fallen> {
    yield* this.falls('deadlock', 'deadlock', () =>
      this.mayRest(this.evaluator.stateOf(row)) ? undefined : {},
    );
  }

  /** Whether a state is inside the constraint: no step is taken out of one that is not. */
  isInside(row: Row): boolean {
    const { evaluator } = this;
    const { constraint } = evaluator.model;
    if (constraint === undefined) return true;
    const state = evaluator.stateOf(row);
    const ask = () => evaluator.predicate({ part: 'constraint', name: '' }, state, () => constraint(state));
    return this.asking(ask) ?? false;
  }

  /** Whether the system may rest in a state. */
  mayRest(state: State): boolean {
    const { evaluator } = this;
    const { final } = evaluator.model;
    if (final === undefined) return false;
    return evaluator.predicate({ part: 'final', name: '' }, state, () => final(state));
  }

  /** `failing` gives the first parameters for which the property falls, if there are any. */
  private *falls(
    kind: Fallen['kind'],
    property: string,
    failing: () => Parameters | undefined,
  ): Iterable<Fallen> {
    const parameters = this.settles(property, failing);
    if (!parameters) return;
    yield { kind, property, ...(Object.keys(parameters).length > 0 && { parameters }) };
  }

  /** What says that a property is settled, where it is so now. */
  private settles<T>(property: string, ask: () => T): T | undefined {
    if (this.settled.has(property)) return undefined;
    const answer = this.asking(ask);
    if (answer) this.settled.add(property);
    return answer;
  }

  private asking<T>(ask: () => T): T | undefined {
    if (!this.anyhow) return ask();
    try {
      return this.evaluator.sparing(ask);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return undefined;
    }
  }
}
