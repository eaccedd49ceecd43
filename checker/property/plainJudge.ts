import type { Evaluator, Row } from '../model/evaluator';
import { Fault } from '../model/fault';
import type { Judged, ModelProperty, State } from '../model/model';
import { propertyKind, type PropertyKind } from '../model/propertyKinds';
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
  private readonly ofSteps: readonly ModelProperty[];
  private readonly ofStates: readonly ModelProperty[];
  private readonly sometime: readonly ModelProperty[];

  constructor(
    private readonly evaluator: Evaluator,
    { settled = [], anyhow = false }: Asking = {},
  ) {
    this.settled = new Set(settled);
    this.anyhow = anyhow;
    const which = (holds: PropertyKind['holds'], of: PropertyKind['of']) =>
      evaluator.model.properties.filter(({ kind }) => {
        const words = propertyKind(kind);
        return words.holds === holds && words.of === of;
      });
    this.ofSteps = which('always', 'step');
    this.ofStates = which('always', 'state');
    this.sometime = which('sometime', 'state');
  }

  /** The properties of steps that a step breaks. */
  *step(before: Row, after: Row): Iterable<Fallen> {
    const { evaluator } = this;
    const states = [evaluator.stateOf(before), evaluator.stateOf(after)] as const;
    for (const property of this.ofSteps) yield* this.falls(property, states);
  }

  /** The properties of states that fall in a state. */
  *state(row: Row): Iterable<Fallen> {
    const states = [this.evaluator.stateOf(row)] as const;
    for (const property of this.ofStates) yield* this.falls(property, states);
  }

  /** The properties that a state satisfies, of those that some state has to. */
  *reached(row: Row): Iterable<string> {
    const states = [this.evaluator.stateOf(row)] as const;
    for (const property of this.sometime) {
      const { name } = property;
      if (this.settles(name, () => this.evaluator.failing(property, states) === undefined)) yield name;
    }
  }

  /** The deadlock, where the system may not rest in a state out of which no step leads. */
  *end(row: Row): Iterable<Fallen> {
    const name = 'deadlock';
    const stuck = () => !this.mayRest(this.evaluator.stateOf(row));
    if (this.settles(name, stuck)) yield { kind: name, property: name };
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

  private *falls(property: ModelProperty, states: Judged): Iterable<Fallen> {
    const { kind, name } = property;
    const parameters = this.settles(name, () => this.evaluator.failing(property, states));
    if (!parameters) return;
    yield { kind, property: name, ...(Object.keys(parameters).length > 0 && { parameters }) };
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
