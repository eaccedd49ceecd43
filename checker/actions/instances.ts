import { HEADER, RANGED } from '../kernel/layout';
import { Table } from '../kernel/memory';
import type { Instance, Learner } from '../learn/learner';
import { DISABLED } from '../learn/leaves';
import { runOf } from '../learn/cost';
import { TOO_MUCH } from '../learn/payoff';
import type { Buffers } from '../kernel/buffers';
import type { ActionPlan } from './actionPlan';
import type { Policy } from '../learn/policy';
import type { Position } from '../store/position';
import { RootTables } from './rootTables';
import { StateRanges } from './stateRanges';

/** Misses times the states of a level, by words of the root tables, from which on those are made anew for it. */
const WORTH_SORTING = 16;
/** Questions about one state from which on an action's instances are all looked at: the kernel starts over after each. */
const MANY_QUESTIONS = 4;
/** Room for leaves beyond one for each instance. */
const SPARE_LEAVES = 64;

/** What an instance does in the state being expanded, as a leaf. */
export interface LearnedInstance {
  readonly instance: Instance;
  readonly leaf: number;
}

/** The actions' instances: learned where the kernel misses what they do, and sorted for it to find the enabled ones. */
export class Instances {
  /** The actions whose instances are not in the root tables, in the order declared. */
  apart: readonly ActionPlan[] = [];
  readonly rootTables: RootTables;
  /** What ranges that depend on the state give. */
  readonly ranges: StateRanges;
  /** All misses, and those since the root tables were made. */
  private misses = 0;
  private stale = Infinity;
  /** For the kernel: the root of the range of each `drawn` plan, and which plan. */
  private readonly ranged: Table;

  constructor(
    readonly learner: Learner,
    readonly plans: readonly ActionPlan[],
    private readonly position: Position,
    private readonly buffers: Buffers,
    private readonly policy: Policy,
  ) {
    const { memory } = learner;
    this.rootTables = new RootTables(memory, learner.tries);
    this.ranges = new StateRanges(learner, this.rootTables, position.rowCopy.copied, () => this.outdate());
    this.ranged = new Table(memory, HEADER.RANGED, 16);
  }

  /** Whether the root tables are to be made anew. */
  get outdated(): boolean {
    return this.stale === Infinity || this.policy.sortsAnew(this.stale, this.misses);
  }

  outdate(): void {
    this.stale = Infinity;
  }

  /**
   * Learns what an instance does in the state being expanded, and all others of its action where many are missing; gives
   * what has been learned, one by one.
   */
  *miss(instance: Instance, questions: number): Iterable<LearnedInstance> {
    const plan = this.plans[instance.actionIndex] as ActionPlan;
    yield* this.learn(plan, instance);
    if (questions < MANY_QUESTIONS) return;
    for (const other of plan.instances) if (!plan.payoff.direct) yield* this.learn(plan, other);
  }

  /** Makes the root tables anew. */
  sort(): void {
    for (const plan of this.plans) plan.direct = plan.payoff.direct;
    const drawn = this.plans.filter((plan) => !plan.direct && plan.drawn !== null);
    this.apart = this.plans.filter((plan) => plan.direct || (plan.depends && plan.drawn === null));
    this.ranged
      .reserve((drawn.length * RANGED.BYTES) >> 2)
      .set(drawn.flatMap((plan) => [plan.rangeRoots.get(plan.drawn as string) as number, plan.index]));
    this.learner.memory.set(HEADER.RANGED_COUNT, drawn.length);
    this.rootTables.sort(this.plans.filter((plan) => !plan.direct).flatMap((plan) => plan.instances));
    this.makeLeavesRoom(0);
    this.stale = 0;
  }

  /** Tries learning again what was given up long enough ago. */
  tryAgain(): void {
    const { visits } = this.position;
    for (const { payoff } of this.plans) if (payoff.again(visits)) this.outdate();
  }

  /** Makes the root tables anew for a new level of so many states where that pays. */
  levelBegins(states: number): void {
    if (this.stale * states >= WORTH_SORTING * this.rootTables.size) this.outdate();
  }

  /** Room for the leaves of all instances in the root tables, and some more. */
  makeLeavesRoom(more: number): void {
    this.buffers.reserveLeaves(this.learner.instances.length + more + SPARE_LEAVES);
  }

  private *learn(plan: ActionPlan, instance: Instance): Iterable<LearnedInstance> {
    const { position, learner } = this;
    const { tries } = learner;
    const { row, offset } = position.row();
    // The trie may lack no more than what can be added without the user's code.
    if (tries.walk(tries.words[instance.root] as number, row, offset) !== 0) return;
    const learned = this.learner.memory.crowded ? TOO_MUCH : learner.learnAction(instance, position.copied());
    plan.runs++;
    this.misses++;
    this.stale++;
    if (typeof learned === 'object') {
      yield { instance, leaf: learned.leaf };
      for (const { kind, place } of learned.events) if (kind === 'read') plan.reads.add(place.cell);
      const run = { ...runOf(learned), audited: learned.leaf !== DISABLED };
      if (plan.payoff.miss(run, () => position.visits + 1)) this.outdate();
      return;
    }
    plan.payoff.give(learned);
    this.outdate();
  }
}
