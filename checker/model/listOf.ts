import { grouped } from '../value/grouped';
import { walksAnew } from './oneShot';
import { StateMisuse } from './stateObject';

/** Most values that an effect or a range may give at once. */
const MOST_GIVEN = 1 << 20;

export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** Throws for an iterator that was walked before. */
export function requireAnew(iterable: Iterable<unknown>): void {
  if (!walksAnew(iterable))
    throw new StateMisuse(
      'it gave an iterator that has been walked before',
      'an iterator can be walked only once: give a new one each time, or a list, [...values]',
    );
}

/** All that an iterable gives. Throws where that is more than anybody means, and for an iterator that was walked before. */
export function listOf(iterable: Iterable<unknown>): unknown[] {
  requireAnew(iterable);
  const list: unknown[] = [];
  for (const member of iterable) {
    if (list.length === MOST_GIVEN)
      throw new StateMisuse(
        `it gave more than ${grouped(MOST_GIVEN)} values, and perhaps has no end`,
        'give an iterable that comes to an end',
      );
    list.push(member);
  }
  return list;
}
