import type { Limit } from '../exploration';
import { FOUND_WORDS } from '../kernel/buffers';
import { FOUND } from '../kernel/layout';
import type { RowAt } from '../learn/row';
import type { Arrivals } from './admission';
import type { LearnedSpec } from './learnedSpec';

/** How the steps that the kernel has found are taken. */
export interface Taking {
  take(): Limit | undefined;
}

/** Words of a step taken: the halves of the fingerprint it leads to, and its index. */
const WORDS = 3;

/** Takes steps one by one; the state that one leads to is written out where somebody has to see all of it, or it stays. */
export class OneByOne implements Taking {
  /** The steps under way, copied: learning moves both the kernel's list and what it points to. */
  private steps = new Int32Array(64 * WORDS);
  private step = 0;
  /** Where the state that the step leads to has been written; undefined until it is. */
  private to: RowAt | undefined;

  constructor(
    private readonly spec: LearnedSpec,
    private readonly arrivals: Arrivals,
  ) {}

  take(): Limit | undefined {
    const { arrivals, spec } = this;
    const { position, learner } = spec;
    const end = this.copyFound();
    const { steps } = this;
    for (let at = 0; at < end; at += WORDS) {
      const low = steps[at] as number;
      const high = steps[at + 1] as number;
      const step = (this.step = steps[at + 2] as number);
      this.to = undefined;
      const edge = learner.leaves.edgeOf(step);
      if (!arrivals.add(low, high, this.written, edge)) continue;
      this.written();
      position.out.sign(low, high, position.number, edge);
      const limit = arrivals.settle(step);
      if (limit) return limit;
    }
    return undefined;
  }

  /** `outRow`, holding the state that the step leads to. */
  private readonly written = (): RowAt => {
    if (this.to === undefined) {
      const { position, learner } = this.spec;
      this.to = position.copiedOut();
      for (const [cell, local] of learner.leaves.writesOf(this.step))
        this.to.row[this.to.offset + cell] = local;
    }
    return this.to;
  };

  /** How many words of steps there are. */
  private copyFound(): number {
    const { buffers, learner } = this.spec;
    const { found } = buffers;
    const words = (found.length / FOUND_WORDS) * WORDS;
    if (words > this.steps.length) this.steps = new Int32Array(words * 2);
    for (let from = 0, to = 0; from < found.length; from += FOUND_WORDS, to += WORDS) {
      this.steps[to] = found[from] as number;
      this.steps[to + 1] = found[from + 1] as number;
      this.steps[to + 2] = learner.leaves.stepAt(found[from + (FOUND.STEP >> 2)] as number);
    }
    return words;
  }
}
