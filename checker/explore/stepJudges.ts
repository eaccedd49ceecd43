import { HEADER, JUDGE, JUDGE_KIND } from '../kernel/layout';
import { Table, type Memory } from '../kernel/memory';
import { TRUE, type Learner, type RowAt } from '../learn/learner';
import type { ModelActionProperty, State } from '../model/model';
import { FallBack, TOO_MUCH } from './fallBack';
import { MOST_CELLS } from './scratch';

const JUDGE_WORDS = JUDGE.BYTES >> 2;

interface StepJudge {
  readonly property: ModelActionProperty;
  readonly root: number;
  readonly fallBack: FallBack;
  readonly holds: (before: State, after: State) => boolean;
}

/** The spec's action properties, asked about steps to old and new states alike. */
export class StepJudges {
  private judges: StepJudge[];
  /** As `JUDGE` of the kernel's layout has them; those that have not fallen. */
  private readonly table: Table;
  /** Cell c of the state before at 2c, of the state after at 2c + 1. */
  private pair = new Uint32Array(0);
  private after = new Uint32Array(0);
  /** Cells in use; those that asking brings about are beyond, and absent. */
  private width = 0;

  constructor(
    private readonly learner: Learner,
    private readonly memory: Memory,
    private readonly plainState: (at: RowAt) => State,
  ) {
    const { evaluator, pairTries } = learner;
    this.judges = evaluator.model.actionProperties.map((property) => ({
      property,
      root: pairTries.root(),
      fallBack: new FallBack(1),
      holds: (before, after) =>
        evaluator.predicate({ part: 'action property', name: property.name }, before, () =>
          property.holds(before, after),
        ),
    }));
    this.table = new Table(memory, HEADER.PAIR_JUDGES, Math.max(1, this.judges.length) * JUDGE_WORDS);
    this.publish();
  }

  /** Whether any property is still to be asked. */
  get open(): boolean {
    return this.judges.length > 0;
  }

  /** A property has fallen: no need to ask it again. */
  close(name: string): void {
    this.judges = this.judges.filter(({ property }) => property.name !== name);
    this.publish();
  }

  private publish(): void {
    this.judges.forEach(({ root, fallBack }, k) => {
      this.table.words[k * JUDGE_WORDS + (JUDGE.ROOT >> 2)] = root;
      this.table.words[k * JUDGE_WORDS + (JUDGE.KIND >> 2)] = fallBack.direct
        ? JUDGE_KIND.DIRECT
        : JUDGE_KIND.INVARIANT;
    });
    this.memory.set(HEADER.PAIR_JUDGE_COUNT, this.judges.length);
  }

  /** The properties that a learned step breaks. `taken` counts steps, to measure how often they have to be asked. */
  failing(before: RowAt, step: number, taken: number): string[] {
    this.load(before, step);
    return this.judges.filter((judge) => !this.ask(judge, taken)).map(({ property }) => property.name);
  }

  /** The properties that a step breaks, asked on real values. */
  failingPlainly(before: State, after: State): string[] {
    return this.judges.filter(({ holds }) => !holds(before, after)).map(({ property }) => property.name);
  }

  private ask(judge: StepJudge, taken: number): boolean {
    const { pairTries } = this.learner;
    const { width } = this;
    const sides = (): [RowAt, RowAt] => {
      const before = new Uint32Array(width);
      for (let c = 0; c < width; c++) before[c] = this.pair[2 * c] as number;
      return [
        { row: before, offset: 0, width },
        { row: this.after, offset: 0, width },
      ];
    };
    if (!judge.fallBack.direct) {
      const pointer = pairTries.walk(pairTries.words[judge.root] as number, this.pair, 0);
      if (pointer !== 0) return pointer === -TRUE;
      const learned = this.memory.crowded
        ? TOO_MUCH
        : this.learner.learnStepPredicate(judge.root, ...sides(), this.pair, judge.holds);
      if (typeof learned === 'object') {
        if (judge.fallBack.miss(taken)) this.publish();
        return learned.leaf === TRUE;
      }
      judge.fallBack.give(learned);
      this.publish();
    }
    const [before, after] = sides();
    return judge.holds(this.plainState(before), this.plainState(after));
  }

  private load({ row, offset, width }: RowAt, step: number): void {
    if (this.pair.length === 0) {
      this.after = new Uint32Array(MOST_CELLS);
      this.pair = new Uint32Array(MOST_CELLS * 2);
    }
    this.width = width;
    const { after, pair } = this;
    for (let c = 0; c < width; c++) after[c] = row[offset + c] as number;
    for (const [cell, local] of this.learner.leaves.writesOf(step)) after[cell] = local;
    for (let c = 0; c < width; c++) {
      pair[2 * c] = row[offset + c] as number;
      pair[2 * c + 1] = after[c] as number;
    }
  }
}
