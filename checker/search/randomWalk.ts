import type { Evaluator } from '../model/evaluator';
import type { Exploration, ExploreOptions } from '../exploration';
import { CONTEXT, HEADER, UNLIMITED } from '../kernel/layout';
import { FingerprintSet } from '../store/fingerprintSet';
import { Predecessors } from '../store/predecessors';
import { RowStack } from '../store/rowStack';
import { StackTop } from '../store/stackTop';
import { Choice } from './choice';
import { arriveInitially } from './initialStates';
import { LearnedSpec } from './learnedSpec';
import { Stepping } from './stepping';
import { searchBy, type Counts, type Search, type Task } from './strategy';
import { OneByOne } from './taking';

/** States of a walk at most, where there is no bound on depth. */
const LONGEST = 100;
/** Initial states of which one is chosen: there may be no end of them. */
const MOST_INITIAL = 1 << 8;

/** How many walks, and what decides where they go: the same seed, the same walks. */
export interface WalkOptions {
  readonly walks: number;
  readonly seed: number;
}

/**
 * Random walks by what is known of the spec: from some initial state, one of the steps there are at a time, until there is
 * none or the walk is as long as the bound on depth. Each state that a walk comes to is judged, and each step out of it.
 * It never sees the end of a space: where nothing fell the end is `depth`.
 */
export function searchByWalks(
  evaluator: Evaluator,
  { walks, seed, ...options }: ExploreOptions & WalkOptions,
): Promise<Exploration> {
  return searchBy((task) => new RandomWalks(task, { walks, seed }), evaluator, { ...options, workers: 1 });
}

class RandomWalks implements Search {
  readonly spec: LearnedSpec;
  private readonly predecessors = new Predecessors();
  private readonly top: StackTop;
  private readonly met: FingerprintSet;
  private readonly choice: Choice;
  private readonly stepping: Stepping;
  private deepest = 0;

  constructor(
    private readonly task: Task,
    private readonly walkOptions: WalkOptions,
  ) {
    const { evaluator, memory, options } = task;
    this.top = new StackTop(new RowStack(memory), this.predecessors);
    this.spec = new LearnedSpec(evaluator, memory, this.top, options);
    this.met = new FingerprintSet(memory, this.top.out);
    this.choice = new Choice(this.spec, this.met, walkOptions.seed);
    this.stepping = new Stepping(this.spec, this.choice, new OneByOne(this.spec, this.choice));
    memory.set(HEADER.EXACT, 1); // steps that change nothing are steps to choose, too
    memory.context(0)[CONTEXT.UNJUDGED_LEFT >> 2] = UNLIMITED;
  }

  async run(): Promise<Exploration['end']> {
    const { spec } = this;
    const { options, heartbeat } = this.task;
    for (let walk = 0; walk < this.walkOptions.walks; walk++) {
      for (let going = this.begin(); going; going = this.advance()) {
        if (spec.findings.enough(options)) break;
        const limit = heartbeat.due ? await this.breathe() : undefined;
        if (limit) return limit;
      }
      if (spec.findings.enough(options)) return 'violation';
      this.top.clear();
    }
    return 'depth';
  }

  get counts(): Counts {
    const bytes = this.met.bytes + this.predecessors.bytes;
    const { distinct, outside } = this.choice;
    return { distinct, outside, depth: this.deepest, frontier: 0, shared: 0, unordered: false, bytes };
  }

  async release(): Promise<void> {}

  /** Stands at some initial state; false where that is outside the constraint. */
  private begin(): boolean {
    const { initial } = this.task.evaluator;
    while (initial.known < MOST_INITIAL && initial.at(initial.known) !== undefined);
    const index = this.choice.below(Math.min(initial.known, MOST_INITIAL));
    arriveInitially(this.spec, this.choice, index);
    return this.turn();
  }

  /** Takes one of the steps out of the state stood at; false where that is the walk's last. */
  private advance(): boolean {
    const { spec, stepping, top } = this;
    if (top.depth >= (this.task.options.maxDepth ?? LONGEST)) return false;
    do {
      spec.maintain();
      spec.audit.compareHits();
      spec.audit.beforeState();
    } while (stepping.take() === 'anew');
    return this.turn();
  }

  /** Goes on to the state chosen; false where there is none, or it is outside the constraint. */
  private turn(): boolean {
    if (this.top.out.size > 0) this.top.leave();
    if (!this.choice.settled()) return false;
    this.top.turn();
    this.deepest = Math.max(this.deepest, this.top.depth);
    return true;
  }

  private breathe() {
    const { generated } = this.spec;
    const progress = { distinct: this.choice.distinct, generated, depth: this.deepest, frontier: 0 };
    return this.task.heartbeat.rest(progress, this.met.bytes + this.task.memory.chunkBytes);
  }
}
