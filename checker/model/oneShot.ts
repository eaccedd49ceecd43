import { kindOf } from '../value/kind';

/** Whether an iterable can be walked only once: an iterator, which is what generators and `.keys()` give. */
export function isOneShot(iterable: Iterable<unknown>): boolean {
  const { next } = iterable as { next?: unknown };
  return typeof next === 'function' && iterable[Symbol.iterator]() === (iterable as unknown);
}

/**
 * What an iterator gives, to be walked any number of times. A spec is bound for each search, and its ranges are walked
 * by each part that has them: for the second one an iterator would be empty, and what is promised of nothing holds.
 * Walked no further than asked for; what it throws is thrown again.
 */
class Remembered implements Iterable<unknown> {
  private readonly given: unknown[] = [];
  private rest: (() => IteratorResult<unknown>) | undefined;

  constructor(iterator: Iterator<unknown>) {
    this.rest = () => iterator.next();
  }

  *[Symbol.iterator](): Generator<unknown> {
    for (let k = 0; ; k++) {
      if (k === this.given.length && !this.remember()) return;
      yield this.given[k];
    }
  }

  /** Takes one more; false where there is none. */
  private remember(): boolean {
    if (this.rest === undefined) return false;
    try {
      const { done, value } = this.rest();
      if (done) this.rest = undefined;
      else this.given.push(value);
      return !done;
    } catch (error) {
      this.rest = () => {
        throw error;
      };
      throw error;
    }
  }
}

/** By the iterator, which parts of a spec, specs and searches may share. */
const remembered = new WeakMap<object, Remembered>();

/** An iterable that gives the same however often it is walked, where the given one is an iterator. */
export function rewalkable(given: Iterable<unknown>): Iterable<unknown> {
  if (!isOneShot(given)) return given;
  let known = remembered.get(given);
  if (known === undefined)
    remembered.set(given, (known = new Remembered(given as unknown as Iterator<unknown>)));
  return known;
}

/** Whether an iterable is what `rewalkable` made of an iterator. */
export function isRemembered(iterable: Iterable<unknown>): boolean {
  return iterable instanceof Remembered;
}

const walked = new WeakSet<object>();

/** Notes that an iterable is about to be walked. False for an iterator for which that isn't the first time. */
export function walksAnew(iterable: Iterable<unknown>): boolean {
  if (!isOneShot(iterable)) return true;
  if (walked.has(iterable)) return false;
  walked.add(iterable);
  return true;
}

/** Iterables that gave other values when they were walked again. */
const fickle = new WeakSet<object>();

/** Whether an iterable gives the same each time; `alike` walks it again where its kind doesn't say so. */
export function isSteady(iterable: Iterable<unknown>, alike: () => boolean): boolean {
  if (Array.isArray(iterable) || isRemembered(iterable) || kindOf(iterable) !== undefined) return true;
  if (!fickle.has(iterable) && alike()) return true;
  fickle.add(iterable);
  return false;
}
