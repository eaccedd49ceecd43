import type { Limit } from '../exploration';
import { OUTCOME } from '../kernel/codes';
import { UNLIMITED } from '../kernel/layout';
import type { RowAt } from '../learn/row';
import { InternalError } from '../model/engineError';
import { ExactNumbers, FingerprintNumbers, NEW, type StateNumbers } from '../store/stateNumbers';
import { StepTable, Words, type Steps } from '../store/stepTable';
import type { Arrivals } from './admission';
import type { LearnedSpec } from './learnedSpec';

/** A number that is none: of a state that was left out. */
const LEFT_OUT = -2;
/** Set in the number of a state outside the constraint, until it is known how many there are inside. */
const OUTSIDE = 1 << 30;

/** What is put down. */
export interface RecordingOptions {
  readonly exact?: boolean;
  readonly maxStates?: number;
  /** Where there are more states than `maxStates`: leave them out, and the steps to them, and go on. */
  readonly leaveOut?: boolean;
}

/** Gives states their numbers as they arrive, and puts the steps down. */
export class Recording implements Arrivals {
  /** Whether states arrive that are initial. */
  beginning = true;
  /** States outside the constraint. */
  outside = 0;
  /** Whether states were left out. */
  leftOut = false;
  private readonly numbers: StateNumbers;
  private readonly steps = new StepTable();
  private readonly initial = new Words();
  /** How states outside were reached: the state before, and the edge, by turns. */
  private readonly outsidePasts = new Words();

  constructor(
    private readonly spec: LearnedSpec,
    private readonly options: RecordingOptions,
  ) {
    this.numbers = options.exact ? new ExactNumbers() : new FingerprintNumbers();
  }

  /** The steps that come lead out of a state. */
  expand(number: number): void {
    this.steps.beginAt(number);
  }

  add(low: number, high: number, row: () => RowAt, edge: number): boolean {
    const number = this.numbers.find(low, high, row);
    if (number !== NEW && number !== LEFT_OUT) this.put(edge, number);
    return number === NEW;
  }

  settle(step: number | undefined): Limit | undefined {
    const { spec, numbers, options } = this;
    const { position, counters, learner } = spec;
    const { out, distinct } = position;
    const { parent, edge } = out.signature;
    const inside = spec.judge(step, distinct < (options.maxStates ?? UNLIMITED));
    if (inside === null) {
      if (!options.leaveOut) return 'states';
      this.leftOut = true;
      numbers.enter(LEFT_OUT);
      return undefined;
    }
    const number = inside ? distinct : OUTSIDE | this.outside;
    numbers.enter(number);
    this.put(edge, number);
    if (!inside) {
      this.outside++;
      this.outsidePasts.push(parent);
      this.outsidePasts.push(edge);
      return undefined;
    }
    out.keep();
    if (!this.beginning) counters.find(learner.edgeAction[edge] as number);
    return undefined;
  }

  answer(outcome: number): Limit | undefined {
    if (outcome !== OUTCOME.FULL) throw new InternalError(`the kernel cannot go on: ${outcome}`);
    this.spec.position.out.turnOver();
    return undefined;
  }

  /** All of it, now that there are so many states inside the constraint. */
  recorded(states: number, expanded: number): Recorded {
    const steps = this.steps.of(states, expanded);
    const initial = this.initial.take();
    if (this.outside > 0)
      for (const numbers of [steps.to, initial])
        for (let k = 0; k < numbers.length; k++)
          if ((numbers[k] as number) & OUTSIDE) numbers[k] = ((numbers[k] as number) ^ OUTSIDE) + states;
    return {
      ...{ states, expanded, outside: this.outside, steps, initial, outsidePasts: this.outsidePasts.take() },
      find: (low, high, row) => {
        const number = this.numbers.lookUp(low, high, row);
        if (number < 0) return undefined;
        return number & OUTSIDE ? (number ^ OUTSIDE) + states : number;
      },
    };
  }

  get bytes(): number {
    return this.numbers.bytes + this.steps.bytes + this.initial.bytes + this.outsidePasts.bytes;
  }

  private put(edge: number, number: number): void {
    if (this.beginning) this.initial.push(number);
    else this.steps.add(edge, number);
  }
}

/** What was put down of a space. */
export interface Recorded {
  readonly states: number;
  /** How many of them have been expanded: those with the first numbers. */
  readonly expanded: number;
  readonly outside: number;
  readonly steps: Steps;
  readonly initial: Uint32Array;
  readonly outsidePasts: Uint32Array;
  readonly find: (low: number, high: number, row: () => RowAt) => number | undefined;
}
