import type { Place as CellPlace } from '../learn/cells';
import { TRUE, type Instance, type Learner, type RowAt } from '../learn/learner';
import { DISABLED } from '../learn/leaves';
import { matches } from '../learn/matches';
import { Fault, type FaultDetails, type Place } from '../model/fault';
import type { ModelAction, State } from '../model/model';
import type { Judge } from './judges';
import type { StepJudge } from './stepJudges';
import { WaitingHits, type Hit } from './waitingHits';

/** Milliseconds that comparing each leaf once, and whole states, may take in any run, however short. */
const FOR_LEAVES = 40;
const FOR_STATES = 5;
/** Shares of the run's time that they may take where that is more. */
const LEAF_SHARE = 0.01;
const STATE_SHARE = 0.004;
/** States that are compared whole before sampling starts: so many whatever that takes, so many if there is time. */
const LEAST_STATES = 2;
const FIRST_STATES = 16;
const LEAST_GAP = 64;

/**
 * Learning is sound for pure functions only, so purity is checked and not assumed: the first hits of every
 * leaf, and whole states sampled after that, are computed again plainly and compared. Hits that the run
 * has no time for wait until it has; the first of a leaf at the latest until its end.
 */
export class Auditor {
  /** Calls of the user's functions made for comparing. */
  calls = 0;
  private nextState = 0;
  private lastVisits = 0;
  private lastTime: number;
  private readonly begun: number;
  private spentOnStates = 0;
  private spentOnLeaves = 0;
  private readonly waiting = new WaitingHits();

  constructor(
    private readonly learner: Learner,
    private readonly now: () => number,
  ) {
    this.begun = this.lastTime = now();
  }

  /** Whether the state about to be expanded, the `visits`-th, is a sample. */
  due(visits: number): boolean {
    return visits >= this.nextState;
  }

  /** How many states there are from the `visits`-th to the next sample. */
  until(visits: number): number {
    return Math.max(1, this.nextState - visits);
  }

  /** Compares a sample, and puts the next one as far off as its cost demands. */
  timed(visits: number, compare: () => void): void {
    const start = this.now();
    compare();
    const end = this.now();
    this.spentOnStates += end - start;
    const early = visits < (this.spentOnStates < FOR_STATES ? FIRST_STATES : LEAST_STATES);
    const rate = (start - this.lastTime) / Math.max(1, visits - this.lastVisits);
    const gap = Math.ceil((end - start) / STATE_SHARE / Math.max(rate, 1e-5));
    this.nextState = visits + (early ? 1 : Math.min(Math.max(gap, LEAST_GAP), 1 << 20));
    this.lastTime = end;
    this.lastVisits = visits;
  }

  /** Notes a hit of a leaf that is to be audited, for when there is time. */
  hit(hit: Hit): void {
    this.waiting.add(hit);
  }

  /** The next hit to compare, if there is time for one. */
  get nextHit(): Hit | undefined {
    return this.waiting.next((isFirst) => this.spentOnLeaves <= this.timeForLeaves(isFirst));
  }

  /** The next leaf's first hit, whatever the time. */
  get nextFirstHit(): Hit | undefined {
    return this.waiting.nextFirst();
  }

  /** Compares a hit: whose answer is not the leaf's. Learns nothing. */
  differing({ instance, leaf }: Hit, at: RowAt, state: State): 'guard' | 'effect' | undefined {
    const start = this.now();
    const part = this.difference(instance, leaf, at, state);
    this.spentOnLeaves += this.now() - start;
    return part;
  }

  /** Seconds spent on comparing. */
  get seconds(): number {
    return (this.spentOnLeaves + this.spentOnStates) / 1000;
  }

  /** Leaves that were to be compared and have not been, not once. */
  get unaudited(): number {
    return this.waiting.untouched;
  }

  private timeForLeaves(isFirst: boolean): number {
    return Math.max(isFirst ? FOR_LEAVES : 0, LEAF_SHARE * (this.now() - this.begun));
  }

  /** Compares a leaf with what its action does in a state. Throws `Fault` where they differ. */
  compare(instance: Instance, leaf: number, at: RowAt, state: State): void {
    const part = this.difference(instance, leaf, at, state);
    if (part !== undefined) this.accuse(instance, part, at, state);
  }

  /** Throws the `Fault` of an action that does something else in a state than its leaf says. */
  accuse(instance: Instance, part: 'guard' | 'effect', at: RowAt, state: State): never {
    const place: Place = { part, name: instance.action.name, parameters: instance.parameters };
    const again = this.learner.learnAction({ ...instance, root: this.learner.tries.root() }, at);
    const steady = alike(() => this.plainAnswer(instance, state));
    const differs =
      typeof again === 'object' && this.difference(instance, again.leaf, at, state) !== undefined;
    throw new Fault(steady && differs ? byIdentity(place, state) : notPure(place, state));
  }

  /** What an action does in a state, plainly, as a text to compare. */
  private plainAnswer({ action, parameters }: Instance, state: State): string {
    const { evaluator } = this.learner;
    if (!evaluator.enabled(action, parameters, state)) return 'disabled';
    const changes = evaluator.changesOf(action, parameters, state);
    return changes.map((change) => evaluator.changed(change, state, action, parameters).join()).join(';');
  }

  /** Whose answer about a state is not the leaf's. */
  private difference(
    instance: Instance,
    leaf: number,
    at: RowAt,
    state: State,
  ): 'guard' | 'effect' | undefined {
    const { evaluator, leaves } = this.learner;
    const { action, parameters } = instance;
    this.calls++;
    const enabled = evaluator.enabled(action, parameters, state);
    if (enabled) this.calls++;
    const changes = enabled ? evaluator.changesOf(action, parameters, state) : [];
    const part = enabled === (leaf !== DISABLED) ? 'effect' : 'guard';
    const first = leaves.firstStepOf(leaf);
    const agree =
      changes.length === leaves.stepsOf(leaf) &&
      changes.every((change, k) => this.leadsTo(first + k, at, change));
    return agree ? undefined : part;
  }

  /** Whether a learned step out of a row makes of the variables what an effect's changes do. */
  private leadsTo(step: number, at: RowAt, changes: object): boolean {
    const { cells, leaves, evaluator } = this.learner;
    const written = new Map<number, number>();
    const rewritten = new Set<number>();
    for (const [cell, local] of leaves.writesOf(step)) {
      written.set(cell, local);
      if (this.learner.valueAt(at, cell) !== local) rewritten.add(cells.variableOf(cell));
    }
    const read = ({ cell }: CellPlace) => written.get(cell) ?? this.learner.valueAt(at, cell);
    for (const [name, value] of Object.entries(changes)) {
      const index = evaluator.variables.indexOf(name);
      if (index < 0 || !matches(cells, cells.variables[index] as CellPlace, value, read)) return false;
      rewritten.delete(index);
    }
    return rewritten.size === 0;
  }

  /** Compares the instances that an action's ranges were learned to give. */
  compareRange(action: ModelAction, index: number, instances: readonly Instance[], state: State): void {
    this.calls++;
    const plain = this.learner.evaluator
      .parametersOf(action.ranges, action.name, state)
      .map((parameters) => this.learner.instance(action, index, parameters).number);
    const known = new Set(instances.map(({ number }) => number));
    if (plain.length !== known.size || plain.some((number) => !known.has(number)))
      throw new Fault(notPure({ part: 'range', name: action.name }, state));
  }

  /** Compares a judge's learned answer. */
  compareJudge(judge: Judge, leaf: number, at: RowAt, state: State): void {
    this.calls++;
    if (judge.holds(state) === (leaf === TRUE)) return;
    const again = this.learner.learnPredicate(this.learner.tries.root(), at, judge.holds);
    const steady = alike(() => String(judge.holds(state)));
    const differs = typeof again === 'object' && judge.holds(state) !== (again.leaf === TRUE);
    throw new Fault(steady && differs ? byIdentity(judge.place, state) : notPure(judge.place, state));
  }

  /** Compares whether a step is known to keep an action property. */
  compareStepJudge(
    { place, holds }: StepJudge,
    keeps: boolean,
    [before, after]: readonly [State, State],
    learnAgain: () => boolean | undefined,
  ): void {
    this.calls++;
    if (holds(before, after) === keeps) return;
    const again = learnAgain();
    const steady = alike(() => String(holds(before, after)));
    const differs = again !== undefined && again !== holds(before, after);
    throw new Fault(steady && differs ? byIdentity(place, before) : notPure(place, before));
  }
}

/** The fault of a function that answered differently about states that look the same to it. */
export function notPure(place: Place, state: State): FaultDetails {
  return {
    place,
    what: 'it is not pure: for all it reads of the state being the same, it answered differently this time',
    advice: 'use no Math.random, no time, and no variable outside that changes between calls',
    state,
  };
}

/** Whether something answers the same over and over: neither by chance nor by counting its calls. */
function alike(answer: () => string): boolean {
  return new Set(Array.from({ length: 16 }, answer)).size === 1;
}

/** The fault of a function that tells a collection from an equal one. */
function byIdentity(place: Place, state: State): FaultDetails {
  return {
    place,
    what: 'it tells equal collections apart: by ===, or by an updater that gives back the very object, or it mixes Records or Lists and Stacks that Immutable calls equal',
    advice: 'compare collections with is(a, b) or a.equals(b), and keep to one factory a kind of Record',
    state,
  };
}
