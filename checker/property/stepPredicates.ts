import type { Parameters } from '../../spec/index';
import { JUDGE_KIND } from '../kernel/codes';
import { HEADER, JUDGE } from '../kernel/layout';
import { Table } from '../kernel/memory';
import { TRUE, type Learned, type Learner } from '../learn/learner';
import { placeOf } from '../model/evaluator';
import { dependsOnState } from '../model/rangeValues';
import type { Place } from '../model/fault';
import type { ModelProperty, State } from '../model/model';
import { propertyKind } from '../model/propertyKinds';
import type { Dependencies, Asked } from './dependencies';
import { runOf } from '../learn/cost';
import { Payoff, TOO_MUCH } from '../learn/payoff';
import type { Spending } from '../learn/spending';
import type { PlainStates } from '../learn/plainState';
import type { RowAt } from '../learn/row';

const JUDGE_WORDS = JUDGE.BYTES >> 2;

/** A property of steps for a choice of its parameters, or for all where those depend on the state. */
export interface StepPredicate extends Asked {
  readonly place: Place;
  readonly root: number;
  readonly holds: (before: State, after: State) => boolean;
  readonly payoff: Payoff;
  /** How often it is not known whether a step that changes nothing keeps it. */
  readonly stutterPayoff: Payoff;
  /** Becomes true where a step that changes nothing does not always keep it. */
  always: boolean;
  /** The property has fallen. */
  closed: boolean;
}

/**
 * The spec's properties of steps, asked about steps to old and new states alike. Where a step that changes
 * nothing keeps one, every step from there does that writes nothing the property has ever read.
 */
export class StepPredicates {
  readonly all: readonly StepPredicate[];
  /** As `JUDGE` of the kernel's layout has them. */
  private readonly table: Table;
  /** Cell c of the state before at 2c, of the state after at 2c + 1. */
  private pair = new Uint32Array(0);
  private before = new Uint32Array(0);
  private after = new Uint32Array(0);
  /** Cells in use; those that asking brings about are beyond, and absent. */
  private width = 0;

  constructor(
    private readonly learner: Learner,
    private readonly dependencies: Dependencies,
    private readonly plain: PlainStates,
    private readonly spending: Spending,
    /** Called when it has been learned whether the step that was asked about keeps a property. */
    private readonly onLearned: (predicate: StepPredicate, keeps: boolean) => void,
  ) {
    this.all = learner.evaluator.model.properties.flatMap((property) =>
      propertyKind(property.kind).of === 'step' ? this.judgesOf(property) : [],
    );
    dependencies.stepJudges.push(...this.all);
    this.table = new Table(learner.memory, HEADER.PAIR_JUDGES, Math.max(1, this.all.length) * JUDGE_WORDS);
    this.publish();
  }

  /** A property has fallen: no need to ask it again. */
  close(name: string): void {
    for (const predicate of this.all) if (predicate.place.name === name) predicate.closed = true;
    this.publish();
  }

  /** The properties that a learned step breaks. `taken` counts steps, to measure how often they have to be asked. */
  failing(before: RowAt, step: number, taken: () => number): StepPredicate[] {
    const { stepJudges } = this.dependencies.by(step);
    const asked = Array.from(stepJudges, (index) => this.all[index] as StepPredicate).filter(
      ({ closed }) => !closed,
    );
    if (asked.length > 0) this.load(before, this.learner.leaves.writesOf(step));
    const fallen = new Set<string>();
    return asked.filter((predicate) => {
      if (fallen.has(predicate.place.name) || this.keeps(predicate, taken)) return false;
      fallen.add(predicate.place.name);
      return true;
    });
  }

  /** Whether a step from a state to itself would keep a property. `visits` counts states. */
  quiet(predicate: StepPredicate, at: RowAt, visits: number): boolean {
    this.load(at, []);
    const known = this.known(predicate);
    if (known !== undefined) return known;
    const learned = this.learn(predicate);
    if (typeof learned === 'string' || predicate.stutterPayoff.miss(runOf(learned), () => visits + 1))
      return false;
    return learned.leaf === TRUE;
  }

  /** The step that was asked about last, as real values. */
  get plainStates(): [before: State, after: State] {
    return this.sides.map((at) => this.plain.of(at)) as [State, State];
  }

  /** From now on the property is asked about every step. */
  askAlways(predicate: StepPredicate): void {
    predicate.always = true;
    this.dependencies.forgetAll();
  }

  /** What is known of a step's properties, one by one; undefined where nothing is. */
  answers(
    before: RowAt,
    step: number,
  ): { readonly predicate: StepPredicate; readonly keeps: boolean | undefined }[] {
    const affected = new Set(this.dependencies.by(step).stepJudges);
    this.load(before, this.learner.leaves.writesOf(step));
    return this.all.flatMap((predicate, index) =>
      predicate.closed || predicate.payoff.direct
        ? []
        : [{ predicate, keeps: affected.has(index) ? this.known(predicate) : true }],
    );
  }

  /** Learns the answer about the step that was asked about last apart from what is known; undefined where that can't be. */
  learnAnew({ holds }: StepPredicate): boolean | undefined {
    const root = this.learner.pairTries.root();
    const learned = this.learner.learnStepPredicate(root, ...this.sides, this.pair, holds);
    return typeof learned === 'string' ? undefined : learned.leaf === TRUE;
  }

  private judgesOf(property: ModelProperty): StepPredicate[] {
    const { evaluator } = this.learner;
    const { kind, name, ranges, holds } = property;
    if (dependsOnState(ranges))
      return [this.judge({ part: kind, name }, (...step) => evaluator.failing(property, step) === undefined)];
    return evaluator.parametersOf(ranges, name, {}).map((parameters: Parameters) => {
      const place = placeOf(property, parameters);
      return this.judge(place, (before, after) =>
        evaluator.predicate(place, before, () => holds([before, after], parameters)),
      );
    });
  }

  private judge(place: Place, holds: StepPredicate['holds']): StepPredicate {
    const { learner } = this;
    return {
      place,
      holds,
      root: this.learner.pairTries.root(),
      reads: new Set(),
      payoff: new Payoff(this.spending, undefined, 'steps'),
      stutterPayoff: new Payoff(this.spending),
      always: false,
      closed: false,
      foreseen({ before, after }) {
        if (this.payoff.direct) return false;
        const side = (code: number) => (code & 1 ? after : before)(code >> 1);
        return learner.pairTries.decide(this.root, side) === -TRUE;
      },
    };
  }

  private publish(): void {
    this.all.forEach(({ root, payoff, closed }, k) => {
      this.table.words[k * JUDGE_WORDS + (JUDGE.ROOT >> 2)] = root;
      this.table.words[k * JUDGE_WORDS + (JUDGE.KIND >> 2)] = closed
        ? JUDGE_KIND.CLOSED
        : payoff.direct
          ? JUDGE_KIND.DIRECT
          : JUDGE_KIND.INVARIANT;
    });
    this.learner.memory.set(HEADER.PAIR_JUDGE_COUNT, this.all.filter(({ closed }) => !closed).length);
  }

  /** The answer about the step loaded. */
  private keeps(predicate: StepPredicate, taken: () => number): boolean {
    if (!predicate.payoff.direct) {
      const known = this.known(predicate);
      if (known !== undefined) return known;
      const learned = this.learn(predicate);
      if (typeof learned === 'object') {
        if (predicate.payoff.miss(runOf(learned), taken)) this.callAlways(predicate);
        return learned.leaf === TRUE;
      }
      predicate.payoff.give(learned);
      this.callAlways(predicate);
    }
    this.spending.called(predicate.payoff.call);
    return predicate.holds(...this.plainStates);
  }

  /** What was learned about the step loaded. */
  private known(predicate: StepPredicate): boolean | undefined {
    const { pairTries } = this.learner;
    const pointer = pairTries.walk(pairTries.words[predicate.root] as number, this.pair, 0);
    return pointer === 0 ? undefined : pointer === -TRUE;
  }

  /** Learns the answer about the step loaded, or why that can't be. */
  private learn(predicate: StepPredicate): Learned | typeof TOO_MUCH {
    if (this.learner.memory.crowded) return TOO_MUCH;
    const learned = this.learner.learnStepPredicate(
      predicate.root,
      ...this.sides,
      this.pair,
      predicate.holds,
    );
    if (typeof learned === 'string') return learned;
    this.onLearned(predicate, learned.leaf === TRUE);
    this.dependencies.note(predicate.reads, learned.events);
    return learned;
  }

  private callAlways(predicate: StepPredicate): void {
    this.askAlways(predicate);
    this.publish();
  }

  private get sides(): [RowAt, RowAt] {
    const { before, after, width } = this;
    return [
      { row: before, offset: 0, width },
      { row: after, offset: 0, width },
    ];
  }

  private load(
    { row, offset, width }: RowAt,
    writes: readonly (readonly [cell: number, local: number])[],
  ): void {
    if (this.before.length < width) {
      this.before = new Uint32Array(width * 2);
      this.after = new Uint32Array(width * 2);
      this.pair = new Uint32Array(width * 4);
    }
    this.width = width;
    const { before, after, pair } = this;
    for (let c = 0; c < width; c++) before[c] = after[c] = row[offset + c] as number;
    for (const [cell, local] of writes) after[cell] = local;
    for (let c = 0; c < width; c++) {
      pair[2 * c] = before[c] as number;
      pair[2 * c + 1] = after[c] as number;
    }
  }
}
