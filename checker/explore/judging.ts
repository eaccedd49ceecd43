import type { Memory } from '../kernel/memory';
import type { Learner, RowAt } from '../learn/learner';
import type { PlainStates } from '../learn/plainState';
import { Fault } from '../model/fault';
import type { State } from '../model/model';
import { notPure, type Auditor } from './auditor';
import type { Findings } from './findings';
import type { Frontier } from './frontier';
import { Judges, type Judge } from './judges';
import { dependsOnState } from './plan';
import type { Scratch } from './scratch';
import { StepJudges } from './stepJudges';

/** Puts new states and steps to what the spec promises, and notes what falls. */
export class Judging {
  private readonly judges: Judges;
  private readonly stepJudges: StepJudges;
  private readonly constraint: Judge | undefined;

  constructor(
    private readonly learner: Learner,
    memory: Memory,
    private readonly frontier: Frontier,
    private readonly findings: Findings,
    private readonly plain: PlainStates,
    private readonly scratch: Scratch,
  ) {
    const { evaluator } = learner;
    const plainState = (at: RowAt): State => plain.of(at);
    this.judges = new Judges(learner, memory, plainState, scratch.copied);
    this.stepJudges = new StepJudges(learner, memory, plainState);
    const { constraint, invariants, reachable } = evaluator.model;
    this.constraint = constraint && this.judges.add({ part: 'constraint', name: '' }, constraint);
    for (const invariant of invariants) {
      const { ranges, name, holds } = invariant;
      if (dependsOnState(ranges)) {
        this.judges.add(
          { part: 'invariant', name },
          (state) => evaluator.falsifies(invariant, state) === undefined,
        );
        continue;
      }
      for (const parameters of evaluator.parametersOf(ranges, name, {}))
        this.judges.add({ part: 'invariant', name, parameters }, (state) => holds(state, parameters));
    }
    for (const { name, holds } of reachable) this.judges.add({ part: 'reachable', name }, holds);
  }

  /** Finds out ahead which properties each step may affect. */
  considerAllSteps(): void {
    this.judges.considerAll();
  }

  /**
   * Judges the new state in the frontier's `outRow`. `step` led to it, where a learned one did; `room` says whether
   * it may be kept. Whether it is inside the constraint; null where it is, and may not be.
   */
  state(step: number | undefined, room: boolean, visits: number): boolean | null {
    const { judges, frontier, constraint, findings } = this;
    const { parent, edge } = frontier.signature;
    findings.lookPast(parent, edge);
    const affected = step === undefined ? judges.everyone : judges.affectedBy(step);
    let inside = true;
    let k = 0;
    if (constraint && judges.all[affected[0] ?? -1] === constraint) {
      inside = judges.ask(constraint, frontier.outRow(), visits);
      k = 1;
    }
    if (inside && !room) return null;
    for (; k < affected.length; k++) {
      const judge = judges.all[affected[k] as number] as Judge;
      if (judge.closed) continue;
      if (judges.ask(judge, frontier.outRow(), visits) === judge.awaited) this.conclude(judge);
    }
    findings.lookAt(parent);
    return inside;
  }

  /** Judges a state that has no successor. */
  end(state: State): void {
    const { evaluator } = this.learner;
    const { final } = evaluator.model;
    if (final && evaluator.predicate({ part: 'final', name: '' }, state, () => final(state))) return;
    this.findings.mark('deadlock', 'deadlock');
  }

  /** Puts the steps of a leaf to the action properties; `taken` steps have been. `row` is asked anew for each. */
  steps(leaf: number, row: () => RowAt, taken: number): void {
    const { leaves } = this.learner;
    const first = leaves.firstStepOf(leaf);
    for (let step = first; step < first + leaves.stepsOf(leaf); step++)
      this.mark(this.stepJudges.failing(row(), step, taken), leaves.edgeOf(step));
  }

  /** Puts a step that was taken plainly to the action properties. */
  plainStep(before: State, after: () => State, edge: number): void {
    if (this.stepJudges.open) this.mark(this.stepJudges.failingPlainly(before, after()), edge);
  }

  /** Compares what was learned of the properties that have not fallen with what they say of a state. */
  audit(auditor: Auditor, leafAt: (root: number) => number, row: () => RowAt, state: State): void {
    for (const judge of this.judges.all) {
      if (judge.fallBack.direct || this.findings.has(judge.name)) continue;
      const leaf = leafAt(judge.root);
      if (leaf !== 0) auditor.compareJudge(judge, leaf, row(), state);
    }
  }

  private mark(names: readonly string[], edge: number): void {
    for (const name of names) {
      this.findings.mark('action property', name, undefined, edge);
      this.stepJudges.close(name);
    }
  }

  /** An invariant has fallen in the new state, or a reachable property been reached. */
  private conclude(judge: Judge): void {
    if (judge.place.part === 'reachable') this.findings.reach(judge.name);
    else this.markInvariant(judge);
    this.judges.close(judge.name);
  }

  /** Marks an invariant with the parameters that the plain search would name. */
  private markInvariant(judge: Judge): void {
    const { evaluator } = this.learner;
    const invariant = evaluator.model.invariants.find(({ name }) => name === judge.name);
    const at = this.scratch.copied(this.frontier.outRow());
    const parameters = invariant && evaluator.falsifies(invariant, this.plain.of(at));
    if (invariant && parameters === undefined) throw new Fault(notPure(judge.place, this.plain.of(at)));
    this.findings.mark('invariant', judge.name, parameters);
  }
}
