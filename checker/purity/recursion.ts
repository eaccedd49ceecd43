import { NONE, either, isWithin, type Abstract } from './abstract';
import { NotKnown } from './notKnown';

/** A recursive function is looked into again until nothing more is found that it may give, or so many times. */
const MOST_ROUNDS = 4;

/** A function that is being looked into. */
interface Under {
  /** What it was called with, `this` first. */
  readonly given: readonly Abstract[];
  /** What it may give, for all that is known by now; undefined where a call of itself need not come to an end. */
  answer: Abstract | undefined;
  /** Whether that was asked for. */
  recursive: boolean;
}

/** The functions that are being looked into, one within the other, so that looking into them comes to an end. */
export class Recursion {
  private readonly under = new Map<object, Under>();

  /** Looks into a function that has to come to an end: one that calls itself is not known to. */
  ending(fn: object, look: () => Abstract): Abstract {
    if (this.under.has(fn)) throw new NotKnown('whether it comes to an end');
    return this.during(fn, { given: [], answer: undefined, recursive: false }, look);
  }

  /**
   * Looks into a function that may call itself, and need not come to an end: first as though that gave nothing, then as
   * though it gave what was found so far, until no more is found.
   */
  settling(fn: object, given: readonly Abstract[], look: () => Abstract): Abstract {
    const outer = this.under.get(fn);
    if (outer) {
      const within =
        given.length === outer.given.length &&
        given.every((value, i) => isWithin(value, outer.given[i] as Abstract));
      if (outer.answer === undefined || !within) throw new NotKnown('what a recursion comes to');
      outer.recursive = true;
      return outer.answer;
    }
    const under: Under = { given, answer: NONE, recursive: false };
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const found = this.during(fn, under, look);
      if (!under.recursive || isWithin(found, under.answer as Abstract)) return found;
      under.answer = either(under.answer as Abstract, found);
    }
    throw new NotKnown('what a recursion gives');
  }

  private during(fn: object, under: Under, look: () => Abstract): Abstract {
    this.under.set(fn, under);
    try {
      return look();
    } finally {
      this.under.delete(fn);
    }
  }
}
