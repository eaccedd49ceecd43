import { Classes } from '../purity/classes';
import { textOf } from '../purity/source';
import { Traces, asksNoMore } from '../purity/traces';
import type { Values } from '../value/values';
import type { Predicate } from './verdict';
import { standsForData } from './views/view';

/** More occasions than these are not kept. */
const MOST_OCCASIONS = 10_000;

/** A function is looked into as a whole once so many predicates that it handed to collections have been, one by one. */
const ONE_BY_ONE = 4;

/** A function of the user's, whatever it is given. */
export type Asker = (...given: never[]) => unknown;

/**
 * Which predicates over collections may be asked about entries that the state at hand doesn't have: those that are
 * known to leave no trace, and to answer by what they are given, by what they captured and by the state alone. All
 * others are called as Immutable calls them, for what is there, in order.
 */
export class Predicates {
  private readonly classes = new Classes();
  private readonly traces = new Traces(this.classes, standsForData);
  /** How many of the Records met were taken note of. */
  private met = 0;
  /** What was found out, by occasion and text. */
  private readonly known = new Map<string, boolean>();
  /** By text, since each run makes its closures anew: those that have read the state when they were asked. */
  private readonly readers = new Set<string>();
  /** How many predicates of a function were looked into, or whether all that it may ever ask leave no trace. */
  private readonly askers = new Map<Asker, number | boolean>();

  constructor(private readonly values: Values) {}

  /**
   * Whether a predicate may be asked about any values of states. What was found out once on an occasion, where there
   * is one, goes for all predicates of the same text that are met on it. `asker` is the function that runs, if it's known.
   */
  mayBeAsked(predicate: Predicate, occasion: () => string | undefined, asker?: Asker): boolean {
    const text = textOf(predicate);
    if (this.readers.has(text)) return false;
    this.meetClasses();
    const byText = this.traces.byText(text);
    if (byText !== undefined) return byText;
    if (asker !== undefined && this.askers.get(asker) === true) return asksNoMore(predicate);
    const on = occasion();
    const key = on === undefined ? undefined : `${on} ${text}`;
    const known = key === undefined ? undefined : this.known.get(key);
    if (known !== undefined) return known;
    const answer = this.traces.leavesNone(predicate);
    if (asker !== undefined) this.askedBy(asker);
    if (key !== undefined && this.traces.byText(text) === undefined) {
      if (this.known.size >= MOST_OCCASIONS) this.known.clear();
      this.known.set(key, answer);
    }
    return answer;
  }

  private askedBy(asker: Asker): void {
    const before = this.askers.get(asker) ?? 0;
    if (typeof before === 'boolean') return;
    this.askers.set(asker, before < ONE_BY_ONE ? before + 1 : this.traces.leavesNoneWithin(asker));
  }

  /** Whether values of states can be compared with this one, or looked for in it, and nobody notices. */
  mayCompare(value: unknown): boolean {
    this.meetClasses();
    return this.traces.comparesUnseen(value);
  }

  private meetClasses(): void {
    const { recordPrototypes } = this.values;
    if (this.met === recordPrototypes.length) return;
    for (; this.met < recordPrototypes.length; this.met++)
      this.classes.add(recordPrototypes[this.met] as object);
    this.known.clear();
    this.askers.clear();
  }

  /** A predicate has read the state when it was asked: asking it, or one of the same text, again would be in vain. */
  readsState(predicate: Predicate): void {
    this.readers.add(textOf(predicate));
  }
}
