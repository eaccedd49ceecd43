import { DATA, OPAQUE } from './abstract';
import { Analysis } from './analysis';
import type { Classes } from './classes';
import { NotKnown } from './notKnown';
import { Objects, membersOf, type StandsForData } from './objects';
import { sourceOf, textOf } from './source';

/** What is known of functions of the user's that are asked about values which a state may not have. */
export class Traces {
  private readonly objects: Objects;
  /** By the text of functions that name nothing whose meaning matters. */
  private readonly texts = new Map<string, boolean>();
  private classesThen = 0;

  constructor(
    private readonly classes: Classes,
    /** Whether an object is a state or a view, which stand for data and refuse what may not be read. */
    standsForData: StandsForData,
  ) {
    this.objects = new Objects(classes, standsForData);
  }

  /**
   * Whether calling a function, with any values that are data, is known to leave no trace and to come to an end. What
   * it answers is then decided by what it is given, by what it captured, and by the state. False where that is not
   * known, which says nothing about the function.
   */
  leavesNone(fn: (...given: never[]) => unknown): boolean {
    if (this.classes.overriding) return false;
    const text = textOf(fn);
    const known = this.byText(text);
    if (known !== undefined) return known;
    const analysis = new Analysis(this.classes, this.objects);
    const answer = asksNoMore(fn) && looksHarmless(analysis, fn) && !this.classes.overriding;
    if (!analysis.beyondText) this.texts.set(text, answer);
    return answer;
  }

  /**
   * The same of all functions that a function, given data, hands to collections to be asked, known from its own source and
   * that of all it calls, so that none of them need be looked into. Whether they `asksNoMore` than their two arguments
   * remains to be seen.
   */
  leavesNoneWithin(fn: (...given: never[]) => unknown): boolean {
    const analysis = new Analysis(this.classes, this.objects, 'within');
    return !this.classes.overriding && looksHarmless(analysis, fn) && !this.classes.overriding;
  }

  /** Whether comparing data with a value, or looking for data in an array, runs nothing of the user's. */
  comparesUnseen(value: unknown): boolean {
    const members = typeof value === 'object' && value !== null ? membersOf(value) : undefined;
    return (members ?? [value]).every((one) => this.objects.isData(one)) && !this.classes.overriding;
  }

  /** The same of all functions of a text, where that tells and one of them was looked into. */
  byText(text: string): boolean | undefined {
    if (this.classes.count !== this.classesThen) {
      this.texts.clear();
      this.classesThen = this.classes.count;
    }
    return this.texts.get(text);
  }
}

/** Whether a function takes no notice of more than the two things it is asked about: a value and its key. */
export function asksNoMore(fn: (...given: never[]) => unknown): boolean {
  const node = sourceOf(fn);
  if (!node) return (fn as unknown) === Boolean;
  return node.params.length <= 2 && node.params.every(({ type }) => type !== 'RestElement');
}

function looksHarmless(analysis: Analysis, fn: (...given: never[]) => unknown): boolean {
  try {
    analysis.callCaptured(fn, OPAQUE, [DATA, DATA]);
    return true;
  } catch (error) {
    if (error instanceof NotKnown) return false;
    throw error;
  }
}
