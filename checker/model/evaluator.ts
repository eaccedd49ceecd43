import type { Parameters, Ranges } from '../../spec/index';
import { kindOf } from '../value/kind';
import { NotAValueError } from '../value/refusal';
import { valueText } from '../value/text';
import { shown, thrownText } from '../value/thrown';
import { Values, type ValueId } from '../value/values';
import { EngineError } from './engineError';
import { InitialStates } from './initialStates';
import { Fault, type FaultDetails, type NoAnswer, type Place } from './fault';
import type { Judged, Model, ModelAction, ModelProperty, State } from './model';
import { propertyKind } from './propertyKinds';
import { RangeValues } from './rangeValues';
import { isIterable, listOf, requireAnew } from './listOf';
import { LazyStates, StateMisuse } from './stateObject';
import { calls } from './calls';
import { suggestion } from './usageError';

/** A state as the checker keeps it: one value id a variable, in the order of `variables`. */
export type Row = readonly ValueId[];

/** One step out of a state: which action, with which parameters, which of its choices, and where it leads. */
export interface Successor {
  readonly action: ModelAction;
  readonly parameters: Parameters;
  /** 0 for the first change an effect gave; above 0 only where it gave several. */
  readonly choice: number;
  readonly row: Row;
}

/** The place of what is at fault in initial states. */
const INIT: Place = { part: 'init', name: '' };

/** In place of a variable's value: it stays as it was. */
export const UNCHANGED: ValueId = -1;

/**
 * Runs the user's functions on real Immutable values, one call at a time: the plain, obviously right way.
 * Whatever they throw or return that can't be becomes a `Fault` that names the place.
 */
export class Evaluator {
  readonly values: Values;
  readonly variables: readonly string[];
  readonly initial: InitialStates;
  /** The function whose answer is being looked at: the one called last. */
  answering: Place = INIT;
  private readonly states: LazyStates;
  private readonly ranges: RangeValues;
  /** Functions that have not come back, by `nameOf`. */
  private readonly silent = new Map<string, NoAnswer>();
  /** Those of them that are not to be called now. */
  private spared: ReadonlyMap<string, NoAnswer> | undefined;

  constructor(
    readonly model: Model,
    values = new Values(),
  ) {
    this.values = values;
    this.ranges = new RangeValues(values, (...of) => this.call(...of));
    const states = this.initialStates();
    let first: object | undefined = states();
    this.variables = this.call(INIT, undefined, () => Object.keys(first ?? {}));
    this.states = new LazyStates(this.variables);
    this.initial = new InitialStates((index) => {
      const state = index === 0 ? first : states();
      first = undefined;
      return state && this.initialRow(state, index);
    }, this.variables.length);
    this.initial.at(0); // at fault at once where the first one is
    for (const { ranges, name } of [...model.actions, ...model.properties])
      for (const [parameter, range] of Object.entries(ranges))
        if (typeof range !== 'function') this.ranges.valuesOf(range, parameter, { part: 'range', name });
  }

  /** The state of a row: refusing writes and unknown variables. */
  stateOf(row: Row): State {
    return this.states.of((variable) => this.values.valueOf(row[variable] as ValueId));
  }

  /** The state of a row as a plain frozen object, to hand out in results. */
  plainStateOf(row: Row): State {
    const state: { [variable: string]: unknown } = {};
    this.variables.forEach((variable, i) => (state[variable] = this.values.valueOf(row[i] as ValueId)));
    return Object.freeze(state);
  }

  /** Every step out of a state, in the order the spec declares actions, ranges and choices. */
  successors(row: Row, state = this.stateOf(row)): Successor[] {
    return this.model.actions.flatMap((action) =>
      this.parametersOf(action.ranges, action.name, state).flatMap((parameters) =>
        this.stepsOf(action, parameters, row, state),
      ),
    );
  }

  /** The steps out of a state but for those of instances that are at fault, whose faults come with them. */
  successorsAnyhow(row: Row): { readonly found: readonly Successor[]; readonly faults: readonly Fault[] } {
    const state = this.stateOf(row);
    const faults: Fault[] = [];
    const tolerant = <T>(body: () => readonly T[]): readonly T[] => {
      try {
        return body();
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        faults.push(error);
        return [];
      }
    };
    const found = this.model.actions.flatMap((action) =>
      tolerant(() => this.parametersOf(action.ranges, action.name, state)).flatMap((parameters) =>
        tolerant(() => this.stepsOf(action, parameters, row, state)),
      ),
    );
    return { found, faults };
  }

  /** The steps of an action with some parameters out of a state. */
  private stepsOf(action: ModelAction, parameters: Parameters, row: Row, state: State): Successor[] {
    if (!this.enabled(action, parameters, state)) return [];
    return this.changesOf(action, parameters, state).map((changes, choice) => ({
      action,
      parameters,
      choice,
      row: this.apply(changes, row, state, action, parameters),
    }));
  }

  /** Does what it takes to find an action's steps out of a state, and keeps none. Gives the number of its instances. */
  callAll(action: ModelAction, state: State): number {
    const all = this.parametersOf(action.ranges, action.name, state);
    for (const parameters of all)
      if (this.enabled(action, parameters, state))
        for (const changes of this.changesOf(action, parameters, state))
          this.changed(changes, state, action, parameters);
    return all.length;
  }

  /** All choices of parameters in a state, without repetition. */
  parametersOf(ranges: Ranges<State>, name: string, state: State): readonly Parameters[] {
    return this.ranges.parametersOf(ranges, name, state);
  }

  enabled(action: ModelAction, parameters: Parameters, state: State): boolean {
    const { guard, name } = action;
    return (
      guard === undefined ||
      this.predicate({ part: 'guard', name, parameters }, state, () => guard(state, parameters))
    );
  }

  /** The effect's changes as a list; empty where it declines to choose any. */
  changesOf(action: ModelAction, parameters: Parameters, state: State): readonly object[] {
    const place: Place = { part: 'effect', name: action.name, parameters };
    const effect: unknown = this.call(place, state, () => {
      const given: unknown = action.effect(state, parameters);
      return isIterable(given) && kindOf(given) !== 'Record' ? listOf(given) : [given];
    });
    return (effect as unknown[]).map((changes) => {
      if (this.call(place, state, () => isChanges(changes))) return changes as object;
      throw new Fault({
        place,
        what: `it returned ${changes === undefined ? 'nothing' : shown(changes)} in place of an object of changes`,
        advice: 'return the variables that change, as { variable: value }, or an iterable of such objects',
        state,
      });
    });
  }

  /**
   * What an effect's changes make of the variables; UNCHANGED for one that they leave alone. Refuses unknown variables
   * and values that can be no part of a state.
   */
  changed(changes: object, state: State, action: ModelAction, parameters: Parameters): Row {
    const place: Place = { part: 'effect', name: action.name, parameters };
    const changed: ValueId[] = this.variables.map(() => UNCHANGED);
    for (const [variable, value] of this.call(place, state, () => Object.entries(changes))) {
      const index = this.variables.indexOf(variable);
      if (index < 0) throw this.unknownVariable(variable, place, state);
      changed[index] = this.internVariable(variable, value, place, state);
    }
    return changed;
  }

  /** The row after a step. Refuses as `changed`. */
  private apply(changes: object, row: Row, state: State, action: ModelAction, parameters: Parameters): Row {
    const changed = this.changed(changes, state, action, parameters);
    return changed.map((id, index) => (id === UNCHANGED ? (row[index] as ValueId) : id));
  }

  /** The row after one choice of an action. Throws `Fault` where the action turns out not to be enabled there. */
  step(row: Row, action: ModelAction, parameters: Parameters, choice: number): Row {
    const state = this.stateOf(row);
    const changes = this.enabled(action, parameters, state)
      ? this.changesOf(action, parameters, state)[choice]
      : undefined;
    if (changes === undefined)
      throw new Fault({
        place: { part: action.guard ? 'guard' : 'effect', name: action.name, parameters },
        what: 'it answered differently when it was asked again about the same state',
        advice: 'it must be pure: no Math.random, no time, no variable that changes between calls',
        state: this.plainStateOf(row),
      });
    return this.apply(changes, row, state, action, parameters);
  }

  /** The first choice of parameters for which a property does not hold; undefined where it does. */
  failing(property: ModelProperty, states: Judged): Parameters | undefined {
    const { ranges, name, holds } = property;
    const [first] = states;
    return this.parametersOf(ranges, name, first).find(
      (parameters) => !this.predicate(placeOf(property, parameters), first, () => holds(states, parameters)),
    );
  }

  /** Calls one of the user's predicates; anything but a boolean is refused, `undefined` being a forgotten return. */
  predicate(place: Place, state: State, evaluate: () => unknown): boolean {
    const answer = this.call(place, state, evaluate);
    if (typeof answer === 'boolean') return answer;
    throw new Fault({
      place,
      what: `it returned ${answer === undefined ? 'nothing' : shown(answer)} in place of true or false`,
      advice: 'compare explicitly (=== true, !== null, .size > 0) and return the result',
      state,
    });
  }

  /** Calls the user's code; what it throws becomes a fault with the place. */
  call<T>(place: Place, state: State | undefined, body: () => T): T {
    this.answering = place;
    const unanswered = this.spared?.get(nameOf(place));
    if (unanswered) throw unanswered;
    try {
      return calls.during(place, body);
    } catch (error) {
      if (error instanceof Fault || error instanceof EngineError) throw error;
      throw new Fault(faultOf(error, place, state));
    }
  }

  /** A function has not come back: `sparing` does not call it again. False where that was known. */
  unanswered(fault: NoAnswer): boolean {
    this.spared = undefined; // what was stopped did not come to it
    const name = nameOf(fault.details.place);
    if (this.silent.has(name)) return false;
    this.silent.set(name, fault);
    return true;
  }

  /** Does something in which a function that has once not come back is not called, but at fault at once. */
  sparing<T>(body: () => T): T {
    const outer = this.spared;
    this.spared = this.silent;
    try {
      return body();
    } finally {
      this.spared = outer;
    }
  }

  /** What a `says` of the spec says. One that throws, or gives no text, hides nothing of the run that it was to describe. */
  says(place: Place & { readonly part: 'says' }, state: State, body: () => unknown): string {
    try {
      return this.sparing(() =>
        this.call(place, state, () => {
          const said = body();
          if (typeof said === 'string') return said;
          if (said !== undefined && kindOf(said) !== undefined) return valueText(said);
          throw new StateMisuse(`it returned ${shown(said)} in place of text`, 'return a sentence');
        }),
      );
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return `(its says is at fault: ${error.details.what})`;
    }
  }

  /** Gives the spec's initial states one by one, and then undefined. Throws `Fault` for what is none, and for none at all. */
  private initialStates(): () => object | undefined {
    const place: Place = INIT;
    const given: Iterator<unknown> = this.call(place, undefined, () => {
      const init: unknown = this.model.init();
      if (!isIterable(init)) return [init][Symbol.iterator]();
      requireAnew(init);
      return init[Symbol.iterator]();
    });
    let count = 0;
    return () => {
      const next = this.call(place, undefined, () => given.next());
      if (next.done && count > 0) return undefined;
      if (next.done)
        throw new Fault({
          place,
          what: 'it gave no initial state',
          advice: 'return one state, or an iterable of at least one',
        });
      count++;
      const state = next.value;
      if (typeof state !== 'object' || state === null || Array.isArray(state) || kindOf(state) !== undefined)
        throw new Fault({
          place,
          what: `it gave ${shown(state)} in place of a state`,
          advice: 'return an object with one property a variable',
        });
      return state;
    };
  }

  private initialRow(state: object, index: number): Row {
    const place: Place = INIT;
    for (const variable of this.call(place, undefined, () => Object.keys(state)))
      if (!this.variables.includes(variable))
        throw new Fault({
          place,
          what: `initial state ${index + 1} has a variable '${variable}' that the first one lacks`,
          advice: 'give every initial state the same variables',
        });
    return this.variables.map((variable) => {
      if (!Object.hasOwn(state, variable))
        throw new Fault({
          place,
          what: `initial state ${index + 1} lacks variable '${variable}'`,
          advice: 'give every initial state the same variables',
        });
      const value = this.call(place, undefined, () => (state as State)[variable]);
      return this.internVariable(variable, value, place, undefined);
    });
  }

  private internVariable(variable: string, value: unknown, place: Place, state: State | undefined): ValueId {
    try {
      return this.values.idOf(value);
    } catch (error) {
      if (!(error instanceof NotAValueError)) throw error;
      throw new Fault({
        place,
        what: `it gave ${variable}${error.path.join('')} ${error.refusal.what}, which can be no part of a state`,
        advice: error.refusal.instead,
        ...(state && { state }),
      });
    }
  }

  private unknownVariable(variable: string, place: Place, state: State): Fault {
    return new Fault({
      place,
      what: `it changes variable '${variable}', which the state does not have${suggestion(variable, this.variables, 'variable')}`,
      advice: 'init sets every variable there is',
      state,
    });
  }
}

/** The place of a property's predicate. */
export function placeOf(
  { kind, name }: ModelProperty,
  parameters: Parameters,
): Place & { readonly part: ModelProperty['kind'] } {
  return { part: kind, name, ...(propertyKind(kind).parts && { parameters }) };
}

/** Tells a function of the spec from all others. */
function nameOf({ part, name }: Place): string {
  return `${part} ${name}`;
}

function faultOf(error: unknown, place: Place, state: State | undefined): FaultDetails {
  const at = state && { state };
  if (error instanceof StateMisuse) return { place, what: error.message, advice: error.advice, ...at };
  const text = thrownText(error);
  const mutation = /Cannot set on an immutable record|read only property|not extensible/.test(text);
  return {
    place,
    what: `it threw ${text}`,
    advice: mutation
      ? 'states and Records never change: build a new value with .set(…) and return it'
      : 'functions of a spec must answer for every state they are asked about',
    cause: error,
    ...at,
  };
}

/** Whether something can be an effect's changes: an object, but no Promise and no Date. */
function isChanges(changes: unknown): boolean {
  return (
    typeof changes === 'object' &&
    changes !== null &&
    Object.prototype.toString.call(changes) === '[object Object]' &&
    !isIterable(changes) &&
    kindOf(changes) === undefined
  );
}
