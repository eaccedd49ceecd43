import type { Event } from '../../spec/index';
import type { Evaluator, Successor } from '../model/evaluator';
import { Fault, type Place } from '../model/fault';
import type { State } from '../model/model';
import { isScalar, nameOf } from './logEvent';

/** What the spec says can be seen of a step; undefined for a hidden one. Throws `Fault` for what is no event. */
export function observedOf(evaluator: Evaluator, before: State, step: Successor): Event | undefined {
  const { action, parameters, row } = step;
  const { observed, name } = action;
  if (observed === undefined) return undefined;
  const place: Place = { part: 'observed', name, parameters };
  const after = evaluator.stateOf(row);
  const event: unknown = evaluator.call(place, before, () => observed(before, parameters, after));
  if (event === undefined) return undefined;
  const refuse = (what: string) =>
    new Fault({
      place,
      what,
      advice:
        'return an object of text, numbers, true, false and null by field, or undefined for nothing seen',
      state: before,
    });
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw refuse(`it returned ${nameOf(event)} in place of an event`);
  const given = evaluator.call(place, before, () => Object.entries(event));
  const fields = given.filter(([, value]) => value !== undefined);
  for (const [field, value] of fields)
    if (!isScalar(value)) throw refuse(`its event has ${nameOf(value)} in field '${field}'`);
  return Object.fromEntries(fields) as Event;
}
