import { OUTCOME } from '../kernel/codes';
import { CONTEXT, MAIN } from '../kernel/layout';
import type { Memory } from '../kernel/memory';
import type { Evaluator } from '../model/evaluator';
import type { Limit } from '../exploration';
import { Cursor } from '../store/cursor';
import { Frontier } from '../store/frontier';
import { Predecessors } from '../store/predecessors';
import { LevelThreads, type Leftover } from '../threads/levelThreads';
import { Admission } from './admission';
import { arriveInitially } from './initialStates';
import { LearnedSpec } from './learnedSpec';
import { Phases } from './phases';
import { Stepping } from './stepping';
import type { TaskOptions } from './strategy';

/** States that the kernel expands at most before it comes back: a few milliseconds' worth. */
const BATCH = 1 << 12;
/** States expanded one by one before time is looked at. */
const FEW = 64;
/** Initial states that are put in before time is looked at. */
const FEW_INITIAL = 16;

/**
 * The expansion of a level, state by state in the order of the reference search. The kernel does what is known; what it
 * asks about the spec is answered by what is known of that, all else by the admission of new states.
 */
export class Expansion {
  readonly spec: LearnedSpec;
  readonly frontier: Frontier;
  /** Whether there may be more initial states. */
  beginning = true;
  private readonly predecessors = new Predecessors();
  private readonly cursor: Cursor;
  private readonly levelThreads: LevelThreads | undefined;
  private readonly phases: Phases | undefined;
  private readonly admission: Admission;
  private readonly stepping: Stepping;
  /** The main thread's. */
  private readonly context: Int32Array;

  constructor(evaluator: Evaluator, memory: Memory, options: TaskOptions) {
    this.context = memory.context(0);
    this.frontier = new Frontier(memory);
    this.cursor = new Cursor(this.frontier, this.predecessors);
    this.spec = new LearnedSpec(evaluator, memory, this.cursor, options);
    const { workers = 1 } = options;
    if (workers > 1) {
      this.levelThreads = new LevelThreads(memory, this.frontier, workers);
      this.phases = new Phases(this.levelThreads, this.cursor, options);
    }
    this.admission = new Admission(this.spec, options);
    this.stepping = new Stepping(this.spec, this.admission, this.admission.taking);
  }

  /** Lets other threads go; orderly where they are not at work. */
  async release(orderly: boolean): Promise<void> {
    await this.levelThreads?.release(orderly);
  }

  /** Puts some more initial states into the next level: as many as take about a millisecond. */
  begin(): Limit | undefined {
    for (let k = 0; k < FEW_INITIAL; k++) {
      const arrived = arriveInitially(this.spec, this.admission, this.spec.begun);
      if (arrived === 'none') this.beginning = false;
      else if (arrived) return arrived;
      if (!this.beginning) return undefined;
    }
    return undefined;
  }

  /** Goes on to the next level; false where that has no states. */
  descend(): boolean {
    const { frontier, predecessors, cursor } = this;
    predecessors.catchUp();
    cursor.first += frontier.count;
    frontier.descend();
    predecessors.owe(() => frontier.record(predecessors));
    cursor.agenda.begin(frontier.count);
    this.spec.instances.levelBegins(frontier.count);
    return frontier.count > 0;
  }

  /** The search is over, with all states seen or not. Throws `Fault`. */
  end(exhausted: boolean): void {
    this.predecessors.catchUp();
    this.spec.audit.atEnd(exhausted);
  }

  /** Whether states of the level are still to be expanded. */
  get unfinished(): boolean {
    return this.cursor.agenda.remaining > 0;
  }

  /** Expands some states of the level: those that take a few milliseconds. */
  advance(): Promise<Limit | undefined> | Limit | undefined {
    const { spec, phases } = this;
    const { agenda } = this.cursor;
    agenda.turn();
    spec.maintain();
    if (phases?.pays && spec.instances.apart.length === 0 && this.get(CONTEXT.UNDER_WAY) === 0)
      return this.expandTogether(phases);
    for (let k = 0; k < FEW && agenda.next < agenda.end; k++) {
      spec.audit.compareHits();
      const limit = this.expandAlone();
      if (limit) return limit;
      if (!this.inTurn) break;
    }
    return undefined;
  }

  get outside(): number {
    return this.admission.outside + (this.levelThreads?.outside ?? 0);
  }

  get unexpanded(): number {
    return this.cursor.agenda.remaining + this.frontier.nextCount;
  }

  /** States that several threads expanded at once. */
  get shared(): number {
    return this.phases?.shared ?? 0;
  }

  /** Whether several threads came to states in an order of their own. */
  get unordered(): boolean {
    return this.phases?.ran ?? false;
  }

  /** Bytes that seen states take: their share of the table, and how they were reached. */
  get bytes(): number {
    return this.admission.bytes + this.predecessors.bytes;
  }

  /** Bytes of the search outside of Node's heap. */
  get tableBytes(): number {
    return this.admission.tableBytes;
  }

  private async expandTogether(phases: Phases): Promise<Limit | undefined> {
    const { spec, admission } = this;
    const { audit } = spec;
    const { agenda } = this.cursor;
    await phases.ready();
    audit.beforeState();
    await admission.growAhead((...of) => phases.levelThreads.move(...of));
    spec.properties.considerAllSteps();
    const left = await phases.run(this.frontier.kernel, spec.buffers.leavesRoom, (states) => {
      this.predecessors.catchUp();
      audit.compareBeside(states);
    });
    audit.afterwards();
    audit.noteHits();
    admission.judgeAll();
    // What made the threads stop may be more than they can ever do: the first state they left is done here.
    const [first, ...others] = left.untouched;
    const alone = first ? [...left.putOff, first.from] : left.putOff;
    agenda.putBack(first ? [{ from: first.from + 1, to: first.to }, ...others] : []);
    return this.settleAll(left.unjudged) ?? this.expandEach(alone);
  }

  /** Judges new states that other threads left. */
  private settleAll(unjudged: Leftover['unjudged']): Limit | undefined {
    const { leaves } = this.spec.learner;
    const steps = unjudged.map(({ step }) => leaves.stepAt(step)); // before learning moves them
    for (const [k, { state }] of unjudged.entries()) {
      this.frontier.putBack(state);
      const limit = this.admission.settle(steps[k]);
      if (limit) return limit;
    }
    return undefined;
  }

  private expandEach(indices: readonly number[]): Limit | undefined {
    const { agenda } = this.cursor;
    for (const index of indices) {
      agenda.next = index;
      agenda.end = index + 1;
      while (agenda.next < agenda.end) {
        const limit = this.expandAlone();
        if (limit) return limit;
      }
    }
    return undefined;
  }

  private expandAlone(): Limit | undefined {
    const { agenda } = this.cursor;
    this.spec.sort();
    this.predecessors.catchUp(); // before the chunk of the states passed serves again
    this.spec.audit.beforeState();
    const limit = this.inTurn ? this.expandInTurn() : this.expandLearned();
    if (agenda.inOrder) this.frontier.passed(agenda.next);
    return limit;
  }

  /** Whether states are expanded one by one from here, and not by the kernel in a row. */
  private get inTurn(): boolean {
    return this.spec.instances.apart.length > 0 || !this.admission.inKernel;
  }

  /** Lets the kernel expand states that nothing but learned steps lead out of. */
  private expandLearned(): Limit | undefined {
    const { spec, frontier } = this;
    const { agenda } = this.cursor;
    const { next } = agenda;
    const { address, first, end } = frontier.stretchFrom(next);
    const to = Math.min(end, agenda.end, next + BATCH, next + spec.audit.untilSample);
    const number = this.cursor.first + first;
    const outcome = frontier.kernel.run(MAIN, address, next - first, to - first, number);
    spec.audit.noteHits();
    agenda.next = outcome === OUTCOME.DONE ? to : first + this.get(CONTEXT.AT);
    if (outcome === OUTCOME.DONE) return undefined;
    if (!spec.answer(outcome)) return this.admission.answer(outcome);
    if (outcome === OUTCOME.NO_STEP) agenda.next++;
    return undefined;
  }

  /** Expands a state out of which steps lead that are not in the root tables, or that the kernel can't take. */
  private expandInTurn(): Limit | undefined {
    const limit = this.stepping.take();
    if (limit === 'anew') return undefined;
    if (limit === undefined) this.cursor.agenda.next++;
    return limit;
  }

  private get(field: number): number {
    return this.context[field >> 2] as number;
  }
}
