import { VERDICT } from '../kernel/codes';
import type { Learner } from '../learn/learner';
import { placeOf } from '../model/evaluator';
import { dependsOnState } from '../model/rangeValues';
import { Fault } from '../model/fault';
import type { ModelProperty, State } from '../model/model';
import { propertyKind } from '../model/propertyKinds';
import { Dependencies, type Asked, type Reads } from './dependencies';
import { disagreement } from '../model/impurity';
import type { Payoff } from '../learn/payoff';
import type { Findings } from './findings';
import type { Position } from '../store/position';
import { MAIN } from '../kernel/layout';
import { PlainJudge } from './plainJudge';
import { StatePredicates, type StatePredicate, type StutterPredicate } from './statePredicates';
import type { Asked as AskedOften } from '../actions/wholeOrApart';
import type { Spending } from '../learn/spending';
import { StepPredicates, type StepPredicate } from './stepPredicates';
import type { RowAt } from '../learn/row';

/** What it took to learn a property with all its parameters. */
export interface LearnedProperty {
  readonly name: string;
  readonly runs: number;
  readonly reads: ReadonlySet<number>;
  /** Why it is called every time; null where it is not. */
  readonly plainly: string | null;
}

/** Whether a step from the one state to the other keeps an action property. */
export interface KnownOfStates {
  readonly predicate: StepPredicate;
  readonly keeps: boolean;
  readonly states: readonly [State, State];
}

/** Told what has just been learned of a property: while the state, or step, can still be asked about. */
export interface LearnedAnswers {
  /** What a predicate says of a state, as a leaf. */
  ofState(predicate: StatePredicate, leaf: number, at: RowAt): void;
  /** Whether a step keeps a property; `learnAnew` learns that apart from what is known, undefined where it can't. */
  ofStep(known: KnownOfStates, learnAnew: () => boolean | undefined): void;
}

/** Puts new states and steps to what the spec promises, and notes what falls. */
export class Properties {
  private readonly dependencies: Dependencies;
  private readonly statePredicates: StatePredicates;
  private readonly stepPredicates: StepPredicates;
  private readonly plainJudge: PlainJudge;
  private readonly constraint: StatePredicate | undefined;
  /** What has learned something since it was last looked at what that says of a step. */
  private readonly fresh: Asked[] = [];

  constructor(
    private readonly learner: Learner,
    private readonly position: Position,
    readonly findings: Findings,
    spending: Spending,
    learned: LearnedAnswers,
  ) {
    const { evaluator } = learner;
    this.plainJudge = new PlainJudge(evaluator);
    this.dependencies = new Dependencies(learner, learner.memory);
    this.statePredicates = new StatePredicates(
      learner,
      this.dependencies,
      position,
      spending,
      (predicate, leaf, at) => {
        this.fresh.push(predicate);
        learned.ofState(predicate, leaf, at);
      },
    );
    this.stepPredicates = new StepPredicates(
      learner,
      this.dependencies,
      position.plain,
      spending,
      (predicate, keeps) => {
        this.fresh.push(predicate);
        learned.ofStep({ predicate, keeps, states: this.stepPredicates.plainStates }, () =>
          this.learnStepAnew(predicate),
        );
      },
    );
    const { constraint, properties } = evaluator.model;
    this.constraint = constraint && this.statePredicates.add({ part: 'constraint', name: '' }, constraint);
    for (const property of properties)
      if (propertyKind(property.kind).of === 'state') this.addOfState(property);
    for (const stepPredicate of this.stepPredicates.all) this.statePredicates.addQuiet(stepPredicate);
  }

  private addOfState(property: ModelProperty): void {
    const { evaluator } = this.learner;
    const { kind, name, ranges, holds } = property;
    if (dependsOnState(ranges)) {
      this.statePredicates.add(
        { part: kind, name },
        (state) => evaluator.failing(property, [state]) === undefined,
      );
      return;
    }
    for (const parameters of evaluator.parametersOf(ranges, name, {}))
      this.statePredicates.add(placeOf(property, parameters), (state) => holds([state], parameters));
  }

  /** Finds out ahead which properties each step may affect. */
  considerAllSteps(): void {
    this.dependencies.considerAll();
  }

  /**
   * Judges the new state in `outRow`. `step` led to it, where a learned one did; `room` says whether
   * it may be kept. Whether it is inside the constraint; null where it is, and may not be.
   */
  state(step: number | undefined, room: boolean, visits: number): boolean | null {
    const { statePredicates, constraint, findings } = this;
    const { out } = this.position;
    if (step === undefined) {
      const verdict = out.kernel.judge(MAIN, this.dependencies.everyone.address);
      if (verdict !== VERDICT.IN_DOUBT) return verdict === VERDICT.OUTSIDE ? false : room || null;
    }
    const { parent, edge } = out.signature;
    findings.lookPast(parent, edge);
    const affected = (step === undefined ? this.dependencies.everyone : this.dependencies.by(step)).judges;
    let inside = true;
    let k = 0;
    if (constraint && statePredicates.all[affected[0] ?? -1] === constraint) {
      inside = statePredicates.ask(constraint, out.outRow(), visits);
      k = 1;
    }
    if (inside && !room) return null;
    for (; k < affected.length; k++) {
      const predicate = statePredicates.all[affected[k] as number] as StatePredicate | StutterPredicate;
      if (predicate.closed) continue;
      if (predicate.kind === 'quiet') this.askQuiet(predicate, visits);
      else if (statePredicates.ask(predicate, out.outRow(), visits) === predicate.awaited)
        this.conclude(predicate);
    }
    findings.lookAt(parent);
    this.reconsider(step);
    return inside;
  }

  /** What has been learned about a step, or the state that it led to, may tell enough about all such steps. */
  private reconsider(step: number | undefined): void {
    const fresh = this.fresh.splice(0);
    if (step !== undefined && fresh.length > 0) this.dependencies.learned(fresh, step);
  }

  /** An action property that a step from a state to itself would break is asked about every step from now on. */
  private askQuiet(predicate: StutterPredicate, visits: number): void {
    const { stepPredicate } = predicate;
    const known = this.fresh.length;
    const quiet =
      !stepPredicate.always && this.stepPredicates.quiet(stepPredicate, this.position.out.outRow(), visits);
    if (this.fresh.length > known) this.fresh.push(predicate); // the step judge is there; this is about the state
    if (quiet) return;
    this.stepPredicates.askAlways(stepPredicate);
    this.statePredicates.closeOne(predicate);
  }

  /** Judges a state that has no successor. */
  end(state: State): void {
    if (!this.plainJudge.mayRest(state)) this.findings.mark('deadlock', 'deadlock');
  }

  /** The predicates that each new state is put to. */
  get asked(): AskedOften[] {
    return this.statePredicates.all.flatMap((predicate) =>
      predicate.kind === 'quiet' || predicate.closed
        ? []
        : [{ direct: predicate.payoff.direct, cost: predicate.payoff.call }],
    );
  }

  /** What it took to learn each property, and the constraint. */
  get judged(): LearnedProperty[] {
    const all = new Map<string, LearnedProperty>();
    const note = (
      name: string,
      cells: Reads,
      { misses, reason }: Pick<Payoff, 'misses' | 'reason'>,
    ): void => {
      const known = all.get(name) ?? { name, runs: 0, reads: new Set(), plainly: null };
      const reads = new Set([...known.reads, ...cells]);
      all.set(name, { name, runs: known.runs + misses, reads, plainly: known.plainly ?? reason });
    };
    for (const predicate of this.statePredicates.all)
      if (predicate.kind !== 'quiet')
        note(predicate.name || predicate.kind, predicate.reads, predicate.payoff);
    for (const { place, reads, payoff, stutterPayoff } of this.stepPredicates.all) {
      note(place.name, reads, payoff);
      note(place.name, reads, { misses: stutterPayoff.misses, reason: null });
    }
    return [...all.values()];
  }

  /** Puts the steps of a leaf to the properties of steps; `taken` steps have been. `row` is asked anew for each. */
  steps(leaf: number, row: () => RowAt, taken: () => number): void {
    const { leaves } = this.learner;
    const first = leaves.firstStepOf(leaf);
    for (let step = first; step < first + leaves.stepsOf(leaf); step++) {
      const fallen = this.stepPredicates.failing(row(), step, taken);
      this.reconsider(step);
      if (fallen.length === 0) continue;
      const edge = leaves.edgeOf(step);
      const [before, after] = this.stepPredicates.plainStates;
      for (const predicate of fallen) {
        const { place, holds } = predicate;
        if (this.markStep(this.propertyOf(place.name), before, after, edge)) continue;
        const again = this.stepPredicates.learnAnew(predicate);
        throw new Fault(disagreement(place, before, () => holds(before, after), again));
      }
    }
  }

  /** Puts a step that was taken plainly to the properties of steps. */
  plainStep(before: State, after: () => State, edge: number): void {
    for (const property of this.learner.evaluator.model.properties)
      if (propertyKind(property.kind).of === 'step' && !this.findings.has(property.name))
        this.markStep(property, before, after(), edge);
  }

  /** What was learned of the properties that have not fallen: predicates, and what each says of a state, as a leaf. */
  *knownOfState(leafAt: (root: number) => number): Iterable<{ predicate: StatePredicate; leaf: number }> {
    for (const predicate of this.statePredicates.all) {
      if (predicate.kind === 'quiet' || predicate.payoff.direct || this.findings.has(predicate.name))
        continue;
      const leaf = leafAt(predicate.root);
      if (leaf !== 0) yield { predicate, leaf };
    }
  }

  /** What was learned of the action properties that have not fallen, by each step of a leaf from a row, with its states. */
  *knownOfSteps(leaf: number, row: RowAt): Iterable<KnownOfStates> {
    const { leaves } = this.learner;
    const first = leaves.firstStepOf(leaf);
    for (let step = first; step < first + leaves.stepsOf(leaf); step++) {
      const answers = this.stepPredicates.answers(row, step);
      const states = this.stepPredicates.plainStates;
      for (const { predicate, keeps } of answers) if (keeps !== undefined) yield { predicate, keeps, states };
    }
  }

  /** Learns anew whether the step that was asked about last keeps a property; undefined where that can't be. */
  learnStepAnew(predicate: StepPredicate): boolean | undefined {
    return this.stepPredicates.learnAnew(predicate);
  }

  /** Marks a property that a step breaks, with the parameters that the plain search would name. */
  private markStep(property: ModelProperty, before: State, after: State, edge: number): boolean {
    const parameters = this.learner.evaluator.failing(property, [before, after]);
    if (parameters === undefined) return false;
    this.findings.mark(property.kind, property.name, parameters, edge);
    this.stepPredicates.close(property.name);
    this.statePredicates.close(property.name);
    return true;
  }

  private propertyOf(name: string): ModelProperty {
    const { properties } = this.learner.evaluator.model;
    return properties.find((property) => property.name === name) as ModelProperty;
  }

  /** A property has fallen in the new state, or been reached. */
  private conclude(predicate: StatePredicate): void {
    if (predicate.awaited) this.findings.reach(predicate.name);
    else this.markFallen(predicate);
    this.statePredicates.close(predicate.name);
  }

  /** Marks a property that falls in the new state, with the parameters that the plain search would name. */
  private markFallen(predicate: StatePredicate): void {
    const { evaluator } = this.learner;
    const property = this.propertyOf(predicate.name);
    const at = this.position.rowCopy.copied(this.position.out.outRow());
    const state = this.position.plain.of(at);
    const parameters = evaluator.failing(property, [state]);
    if (parameters === undefined) {
      const again = this.learner.askAnew(at, predicate.holds);
      throw new Fault(disagreement(predicate.place, state, () => predicate.holds(state), again));
    }
    this.findings.mark(property.kind, property.name, parameters);
  }
}
