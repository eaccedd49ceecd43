import type { Parameters, Ranges } from '../../spec/index';
import { NotAValueError } from '../value/refusal';
import { shown } from '../value/thrown';
import type { Values, ValueId } from '../value/values';
import { Fault, type Place } from './fault';
import { isIterable, listOf } from './listOf';
import type { State } from './model';
import { isRemembered, isSteady } from './oneShot';

/** Calls the user's code; what it throws becomes a `Fault` with the place. */
type Call = <T>(place: Place, state: State | undefined, body: () => T) => T;

/** What the ranges of parameters give. */
export class RangeValues {
  private readonly fixed = new Map<Ranges<State>, readonly Parameters[]>();
  /** What ranges give that are no functions of the state: each is walked once. */
  private readonly fixedValues = new Map<Iterable<unknown>, readonly unknown[]>();

  constructor(
    private readonly values: Values,
    private readonly call: Call,
  ) {}

  /** All choices of parameters in a state, without repetition. */
  parametersOf(ranges: Ranges<State>, name: string, state: State): readonly Parameters[] {
    const known = this.fixed.get(ranges);
    if (known !== undefined) return known;
    let combinations: { [parameter: string]: unknown }[] = [{}];
    for (const [parameter, range] of Object.entries(ranges)) {
      const place: Place = { part: 'range', name };
      const values =
        typeof range === 'function'
          ? this.rangeValues(
              this.call(place, state, () => range(state)),
              parameter,
              place,
              state,
            )
          : this.valuesOf(range, parameter, place);
      combinations = combinations.flatMap((chosen) =>
        values.map((value) => ({ ...chosen, [parameter]: value })),
      );
    }
    combinations.forEach((combination) => Object.freeze(combination));
    if (!dependsOnState(ranges)) this.fixed.set(ranges, combinations);
    return combinations;
  }

  /** The values of a range that is no function of the state. */
  valuesOf(range: Iterable<unknown>, parameter: string, place: Place): readonly unknown[] {
    const known = this.fixedValues.get(range);
    if (known !== undefined) return known;
    const walk = () => this.rangeValues(range, parameter, place, undefined);
    const values = walk();
    if (isRemembered(range) && values.length === 0)
      throw new Fault({
        place,
        what: `the range of '${parameter}' is an iterator that gives nothing: it has been walked before, or had nothing to give`,
        advice: 'an iterator can be walked only once: give a list, [...values]',
      });
    if (!isSteady(range, () => alike(values, walk())))
      throw new Fault({
        place,
        what: `the range of '${parameter}' gives other values each time it is walked`,
        advice: 'give a list of them, [...values], or a function of the state',
      });
    this.fixedValues.set(range, values);
    return values;
  }

  private rangeValues(
    members: unknown,
    parameter: string,
    place: Place,
    state: State | undefined,
  ): readonly unknown[] {
    const at = state && { state };
    if (typeof members === 'string' || !isIterable(members))
      throw new Fault({
        place,
        what: `the range of '${parameter}' is ${shown(members)}, not an iterable of values`,
        advice: 'give an array, a Set or a List, or a function of the state that returns one',
        ...at,
      });
    const ids = new Set<ValueId>();
    for (const member of this.call(place, state, () => listOf(members))) {
      try {
        ids.add(this.values.idOf(member));
      } catch (error) {
        if (!(error instanceof NotAValueError)) throw error;
        throw new Fault({
          place,
          what: `the range of '${parameter}' holds ${error.refusal.what}, which can be no parameter`,
          advice: Array.isArray(member)
            ? 'to range over a Map, take its keys, [...map.keys()]; to range over pairs, make them Lists or Records'
            : error.refusal.instead,
          ...at,
        });
      }
    }
    return [...ids].map((id) => this.values.valueOf(id));
  }
}

/** Whether any range is a function of the state. */
export function dependsOnState(ranges: Ranges<State>): boolean {
  return Object.values(ranges).some((range) => typeof range === 'function');
}

function alike(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((value, k) => value === others[k]);
}
