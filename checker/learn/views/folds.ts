import type { Place } from '../cells';
import type { FoldMode, Predicate } from '../verdict';
import { dataOf, real, type Any, type Methods, type View } from './view';

/**
 * The entries for which a predicate holds (all of them where it is null), read by a fold; undefined where
 * that can't be. `judged` is the user's own function behind it, null where there is none.
 */
export function folded(
  view: View,
  mode: FoldMode,
  predicate: Predicate | null,
  judged: Predicate | null = predicate,
): readonly Place[] | undefined {
  const { session, place, filter, change, real: read } = dataOf(view);
  if (change || (predicate && typeof predicate !== 'function')) return undefined;
  if (judged && read !== undefined) return undefined; // all of it is read: there is nothing to be spared
  if (!predicate && filter) return session.fold(place, mode, filter, false);
  const verdicts = session.ask(place, predicate, judged, filter);
  return verdicts && session.fold(place, mode, verdicts, !predicate);
}

/** The predicate's opposite. */
export function negated(predicate: Predicate): Predicate {
  return (value, key) => !predicate(value, key);
}

/** How many entries a Map or Set view has. */
export function sizeOf(view: View): number {
  return folded(view, 'count', null)?.length ?? (real(view) as { size: number }).size;
}

/** Whether a method was given a predicate and nothing besides. */
export function asksOnly(given: ArrayLike<unknown>): boolean {
  return given.length === 1 && typeof given[0] === 'function';
}

/** What views of Maps and Sets ask of all entries without reading them all. */
export const folds: Methods = {
  some(predicate) {
    const found = asksOnly(arguments) ? folded(this, 'any', predicate) : undefined;
    return found ? found.length > 0 : real(this).some(...arguments);
  },

  every(predicate) {
    const against = asksOnly(arguments)
      ? folded(this, 'any', negated(predicate as Predicate), predicate)
      : undefined;
    return against ? against.length === 0 : real(this).every(...arguments);
  },

  count(predicate) {
    if (predicate === undefined) return sizeOf(this);
    const found = arguments.length === 1 ? folded(this, 'count', predicate) : undefined;
    return found ? found.length : real(this).count(...arguments);
  },

  isEmpty() {
    const present = folded(this, 'any', null);
    return present ? present.length === 0 : (real(this) as Any).isEmpty();
  },
};

/** Gives a prototype the `size` that Immutable's own instances carry themselves. */
export function defineSize(prototype: object): void {
  Object.defineProperty(prototype, 'size', {
    get(this: View) {
      return sizeOf(this);
    },
  });
}
