import type { Instances } from '../actions/instances';
import { STATE_CALLED } from '../learn/cost';
import type { Instance } from '../learn/learner';
import { DISABLED } from '../learn/leaves';
import type { RowAt } from '../learn/row';
import type { State } from '../model/model';
import type { Properties } from '../property/properties';
import type { Position } from '../store/position';
import type { AuditBudget } from './auditBudget';
import type { AuditedAnswers } from './auditedAnswers';
import type { Hit } from './auditQueue';
import type { Comparison } from './comparison';
import type { KernelHits } from './kernelHits';

/** States that other threads expand in the time that it takes to compare a hit, with some to spare. */
const STATES_A_HIT = 64;

/** Puts before the auditor what the search learned, in the states where it is due. */
export class Audit {
  private report: () => void = () => {};
  /** The state that was looked at last. */
  private last: { readonly number: number; readonly state: State } | undefined;

  constructor(
    private readonly instances: Instances,
    private readonly properties: Properties,
    private readonly position: Position,
    private readonly kernelHits: KernelHits,
    private readonly answers: AuditedAnswers,
  ) {}

  /**
   * Compares with the state being expanded that an instance was learned to be disabled there. Other leaves are compared
   * in the next states that lead to them, which shows as well whether they are theirs.
   */
  learned(instance: Instance, leaf: number): void {
    if (leaf !== DISABLED) return;
    const { position, comparison } = this;
    this.answers.compared(() => {
      const state = this.stateBy(position.number, () => position.kept());
      comparison.compare(instance, leaf, position.copied(), state);
    });
  }

  /** Calls of the user's functions made for comparing. */
  get calls(): number {
    return this.comparison.calls;
  }

  /** Seconds that took, to be told: nothing hangs on them. */
  get seconds(): number {
    return this.answers.millis / 1000;
  }

  /** Leaves that were to be compared and have not been, not once. */
  get unaudited(): number {
    return this.budget.unaudited;
  }

  /** How many states there are from the one to be expanded to the next sample. */
  get untilSample(): number {
    return this.budget.until(this.position.visits);
  }

  /** Notes the leaves that the kernel came by and that are to be audited. Rows may not have moved since. */
  noteHits(): void {
    for (const { leaf, instance, row: address } of this.kernelHits.take()) {
      const { number, row: at } = this.position.standing.stateAt(address);
      this.budget.hit({
        instance: this.instances.learner.instances[instance] as Instance,
        leaf,
        row: new Uint32Array(at.row.subarray(at.offset, at.offset + at.width)),
        state: number,
      });
    }
  }

  /** Compares leaves with what their actions do in states that led to them, as far as that may go. */
  compareHits(): void {
    for (let hit = this.budget.nextHit; hit; hit = this.budget.nextHit) this.compare(hit);
  }

  /**
   * Compares leaves while other threads expand so many states: the first hit of each, whatever that takes, as many as keep
   * nobody waiting. No table changes by it; what is found is thrown by `afterwards`.
   */
  compareBeside(states: number): void {
    try {
      for (let left = states / STATES_A_HIT; left > 0; left--) {
        const hit = this.budget.nextHit ?? this.budget.nextFirstHit;
        if (hit === undefined) return;
        const part = this.differing(hit);
        if (part === undefined) continue;
        this.report = () => this.accuse(hit, part);
        return;
      }
    } catch (error) {
      this.report = () => {
        throw error;
      };
    }
  }

  /** Throws what `compareWhile` found, now that tables may change. */
  afterwards(): void {
    this.report();
  }

  /** Compares what is due when a search ends: every leaf's first hit where it has seen all states. */
  atEnd(exhausted: boolean): void {
    this.compareHits();
    if (!exhausted) return;
    for (let hit = this.budget.nextFirstHit; hit; hit = this.budget.nextFirstHit) this.compare(hit);
  }

  /** Compares the next state whole if it is a sample. What is found from here on is found at that state. */
  beforeState(): void {
    const { visits, number } = this.position;
    this.properties.findings.lookAt(number);
    if (!this.budget.due(visits)) return;
    this.budget.ofState(visits, () => STATE_CALLED + this.answers.costOf(() => this.compareState()));
  }

  private get comparison(): Comparison {
    return this.answers.comparison;
  }

  private get budget(): AuditBudget {
    return this.answers.budget;
  }

  private compare(hit: Hit): void {
    const part = this.differing(hit);
    if (part !== undefined) this.accuse(hit, part);
  }

  private differing(hit: Hit): 'guard' | 'effect' | undefined {
    this.properties.findings.lookAt(hit.state);
    const { instance, leaf } = hit;
    let part: 'guard' | 'effect' | undefined;
    this.budget.ofHit(
      this.answers.costOf(
        () => (part = this.comparison.differing(instance, leaf, rowOf(hit), this.stateOf(hit))),
      ),
    );
    return part;
  }

  private accuse(hit: Hit, part: 'guard' | 'effect'): never {
    this.properties.findings.lookAt(hit.state);
    return this.comparison.accuse(
      hit.instance,
      part,
      this.position.rowCopy.copied(rowOf(hit)),
      this.stateOf(hit),
    );
  }

  private stateOf(hit: Hit): State {
    return this.stateBy(hit.state, () => rowOf(hit));
  }

  /** A state as real values; one is asked for several times in a row. */
  private stateBy(number: number, row: () => RowAt): State {
    if (this.last?.number !== number) this.last = { number, state: this.position.plain.of(row()) };
    return this.last.state;
  }

  /** Compares all that was learned about the state to be expanded with what the user's functions say. */
  private compareState(): void {
    const { position, comparison, properties } = this;
    const state = position.state();
    for (const plan of this.instances.plans) {
      if (plan.payoff.direct) continue;
      const named = plan.depends
        ? this.instances.ranges.instancesIn(plan, position.row, position.visits)?.instances
        : plan.instances;
      if (named === undefined) continue;
      if (plan.depends) comparison.compareRange(plan.action, plan.index, named, state);
      for (const instance of named) {
        const leaf = this.leafAt(instance.root);
        if (leaf === 0) continue;
        comparison.compare(instance, leaf, position.copied(), state);
        for (const { predicate, keeps, states } of properties.knownOfSteps(leaf, position.row()))
          comparison.compareStepJudge(predicate, keeps, states, () => properties.learnStepAnew(predicate));
      }
    }
    for (const { predicate, leaf } of properties.knownOfState((root) => this.leafAt(root)))
      comparison.compareJudge(predicate, leaf, position.copied(), state);
  }

  /** The leaf of a trie for the state to be expanded; 0 where there is none. */
  private leafAt(root: number): number {
    const { tries } = this.instances.learner;
    const { row, offset } = this.position.row();
    return -tries.walk(tries.words[root] as number, row, offset);
  }
}

function rowOf({ row }: Hit): RowAt {
  return { row, offset: 0, width: row.length };
}
