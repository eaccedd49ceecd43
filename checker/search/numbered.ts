import { Heartbeat } from '../budget/heartbeat';
import type { Exploration, ExploreOptions, Limit } from '../exploration';
import { FOUND_WORDS } from '../kernel/buffers';
import { OUTCOME, SEEN_BASE } from '../kernel/codes';
import { CONTEXT, HEADER, PAGE } from '../kernel/layout';
import type { Evaluator } from '../model/evaluator';
import { InternalError } from '../model/engineError';
import type { RowAt } from '../learn/row';
import { Cursor } from '../store/cursor';
import { Frontier } from '../store/frontier';
import { LevelRows } from '../store/levelRows';
import { Predecessors } from '../store/predecessors';
import { ExactNumbers, FingerprintNumbers, NEW, type StateNumbers } from '../store/stateNumbers';
import { StepTable, Words } from '../store/stepTable';
import type { Arrivals } from './admission';
import { arriveInitially } from './initialStates';
import { LearnedSpec } from './learnedSpec';
import { StateSpace } from './stateSpace';
import { Stepping } from './stepping';
import { searchBy, type Counts, type Search, type Task } from './strategy';
import type { Taking } from './taking';

/** How a space is searched and what is kept of it. With `keepGoing` it is searched to its end, whatever falls. */
export interface NumberedOptions extends Omit<ExploreOptions, 'workers'> {
  /** Keep the rows of all states, and not only how each was reached: `rowOf` then takes a look, and no call. */
  readonly rows?: boolean;
  /** Where there are more states than `maxStates`: leave them out, and the steps to them, and go on. */
  readonly leaveOut?: boolean;
}

/** A number that is none: of a state that was left out. */
const LEFT_OUT = -2;
/** Set in the number of a state outside the constraint, until it is known how many there are inside. */
const OUTSIDE = 1 << 30;
const UNLIMITED = 0x7fffffff;
/** States expanded before time is looked at. */
const FEW = 64;

/**
 * Searches breadth first, numbers the states and keeps all steps between them, those to states known before as well. One
 * thread: numbers are given in the order of discovery, which several have none of.
 */
export async function searchNumbered(
  evaluator: Evaluator,
  options: NumberedOptions,
): Promise<{ readonly exploration: Exploration; readonly space: StateSpace }> {
  let search: Numbered | undefined;
  const strategy = (task: Task): Search => (search = new Numbered(task, options));
  const exploration = await searchBy(strategy, evaluator, { ...options, workers: 1 }, new Heartbeat(options));
  return { exploration, space: (search as Numbered).space() };
}

class Numbered implements Search {
  readonly spec: LearnedSpec;
  private readonly frontier: Frontier;
  private readonly predecessors = new Predecessors();
  private readonly cursor: Cursor;
  private readonly recording: Recording;
  private readonly stepping: Stepping;
  private readonly rows: LevelRows | undefined;
  private depth = 0;

  constructor(
    private readonly task: Task,
    options: NumberedOptions,
  ) {
    const { evaluator, memory } = task;
    this.frontier = new Frontier(memory);
    this.cursor = new Cursor(this.frontier, this.predecessors);
    this.spec = new LearnedSpec(evaluator, memory, this.cursor, task.options);
    this.recording = new Recording(this.spec, options);
    this.stepping = new Stepping(this.spec, this.recording, this.recording);
    if (options.rows) this.rows = new LevelRows();
    // The kernel finds steps and takes none: it looks nothing up.
    memory.set(HEADER.FLOOR, SEEN_BASE / PAGE);
    memory.set(HEADER.EXACT, 1);
    const context = memory.context(0);
    context[CONTEXT.SEEN_LEFT >> 2] = UNLIMITED;
    context[CONTEXT.UNJUDGED_LEFT >> 2] = UNLIMITED;
  }

  async run(): Promise<Exploration['end']> {
    const end = (await this.begin()) ?? (await this.search());
    this.spec.audit.atEnd(end === 'exhausted');
    return end === 'exhausted' && this.recording.leftOut ? 'states' : end;
  }

  get counts(): Counts {
    const { cursor, frontier, recording } = this;
    return {
      distinct: cursor.distinct,
      outside: recording.outside,
      depth: this.depth + Number(frontier.nextCount > 0),
      frontier: cursor.agenda.remaining + frontier.nextCount,
      unordered: false,
      shared: 0,
      bytes: this.bytes,
    };
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  /** What was found. Asked for once, when the search is over. */
  space(): StateSpace {
    const { spec, predecessors, recording, cursor, frontier, rows } = this;
    const expanded = cursor.visits;
    if (frontier.nextCount > 0) this.descend();
    const recorded = recording.recorded(cursor.first + frontier.count, expanded);
    return new StateSpace(spec, recorded, predecessors, rows);
  }

  private async begin(): Promise<Limit | undefined> {
    const { spec, recording, task } = this;
    for (;;) {
      const arrived = arriveInitially(spec, recording, spec.begun);
      // Of initial states there may be no end.
      if (arrived === 'none' || recording.leftOut) break;
      const limit = arrived ?? (task.heartbeat.due ? await this.breathe() : undefined);
      if (limit) return limit;
    }
    recording.beginning = false;
    return undefined;
  }

  private async search(): Promise<Exploration['end']> {
    const { spec, cursor, task } = this;
    while (this.descend()) {
      this.depth++;
      if (!task.options.keepGoing && spec.findings.enough(task.options)) return 'violation';
      if (this.depth === task.options.maxDepth) return 'depth';
      while (cursor.agenda.remaining > 0) {
        const limit = this.expandSome() ?? (task.heartbeat.due ? await this.breathe() : undefined);
        if (limit) return limit;
      }
    }
    return 'exhausted';
  }

  private descend(): boolean {
    const { frontier, cursor, predecessors, spec, rows } = this;
    cursor.first += frontier.count;
    frontier.descend();
    frontier.record(predecessors);
    rows?.add(frontier, spec.learner.cells.count);
    cursor.agenda.begin(frontier.count);
    spec.instances.levelBegins(frontier.count);
    return frontier.count > 0;
  }

  private expandSome(): Limit | undefined {
    const { spec, stepping, cursor, frontier, recording } = this;
    const { agenda } = cursor;
    spec.maintain();
    for (let k = 0; k < FEW && agenda.next < agenda.end; k++) {
      spec.audit.compareHits();
      spec.sort();
      spec.audit.beforeState();
      recording.expand(cursor.number);
      const limit = stepping.take();
      if (limit === 'anew') continue;
      if (limit) return limit;
      agenda.next++;
      frontier.passed(agenda.next);
    }
    return undefined;
  }

  private breathe(): Promise<Limit | undefined> {
    const { task, cursor, spec, depth, counts } = this;
    const { memory } = task;
    const { frontier } = counts;
    return task.heartbeat.rest(
      { distinct: cursor.distinct, generated: spec.generated, depth, frontier },
      memory.tableBytes + memory.chunkBytes + this.bytes,
    );
  }

  private get bytes(): number {
    return this.recording.bytes + this.predecessors.bytes + (this.rows?.bytes ?? 0);
  }
}

/** Gives states their numbers as they arrive, and puts the steps down. */
class Recording implements Arrivals, Taking {
  /** Whether states arrive that are initial. */
  beginning = true;
  /** States outside the constraint. */
  outside = 0;
  /** Whether states were left out. */
  leftOut = false;
  private readonly numbers: StateNumbers;
  private readonly steps = new StepTable();
  private readonly initial = new Words();
  /** How states outside were reached: the state before, and the edge, by turns. */
  private readonly outsidePasts = new Words();
  /** Halves of fingerprints and steps found, by turns: learning moves the kernel's list. */
  private found = new Int32Array(64 * 3);
  /** The learned step under way. */
  private step = 0;

  constructor(
    private readonly spec: LearnedSpec,
    private readonly options: NumberedOptions,
  ) {
    this.numbers = options.exact ? new ExactNumbers() : new FingerprintNumbers();
  }

  /** The steps that come lead out of a state. */
  expand(number: number): void {
    this.steps.beginAt(number);
  }

  /** Takes the steps that the kernel has found. */
  take(): Limit | undefined {
    const { spec, numbers, steps } = this;
    const { position, learner } = spec;
    const { leaves } = learner;
    const count = this.copyFound();
    const { found } = this;
    for (let at = 0; at < count; at += 3) {
      const low = found[at] as number;
      const high = found[at + 1] as number;
      const step = (this.step = found[at + 2] as number);
      const edge = leaves.edgeOf(step);
      const number = numbers.find(low, high, this.written);
      if (number !== NEW) {
        if (number !== LEFT_OUT) steps.add(edge, number);
        continue;
      }
      this.written();
      position.out.sign(low, high, position.number, edge);
      const limit = this.settle(step);
      if (limit) return limit;
    }
    return undefined;
  }

  add(low: number, high: number, row: () => RowAt, edge: number): boolean {
    const number = this.numbers.find(low, high, row);
    if (number !== NEW && number !== LEFT_OUT) this.put(edge, number);
    return number === NEW;
  }

  settle(step: number | undefined): Limit | undefined {
    const { spec, numbers, options } = this;
    const { position, counters, learner } = spec;
    const { out, distinct } = position;
    const { parent, edge } = out.signature;
    const inside = spec.judge(step, distinct < (options.maxStates ?? UNLIMITED));
    if (inside === null) {
      if (!options.leaveOut) return 'states';
      this.leftOut = true;
      numbers.enter(LEFT_OUT);
      return undefined;
    }
    const number = inside ? distinct : OUTSIDE | this.outside;
    numbers.enter(number);
    this.put(edge, number);
    if (!inside) {
      this.outside++;
      this.outsidePasts.push(parent);
      this.outsidePasts.push(edge);
      return undefined;
    }
    out.keep();
    if (!this.beginning) counters.find(learner.edgeAction[edge] as number);
    return undefined;
  }

  answer(outcome: number): Limit | undefined {
    if (outcome !== OUTCOME.FULL) throw new InternalError(`the kernel cannot go on: ${outcome}`);
    this.spec.position.out.turnOver();
    return undefined;
  }

  /** All of it, now that there are so many states inside the constraint. */
  recorded(states: number, expanded: number): Recorded {
    const steps = this.steps.of(states, expanded);
    const initial = this.initial.take();
    if (this.outside > 0)
      for (const numbers of [steps.to, initial])
        for (let k = 0; k < numbers.length; k++)
          if ((numbers[k] as number) & OUTSIDE) numbers[k] = ((numbers[k] as number) ^ OUTSIDE) + states;
    return {
      ...{ states, expanded, outside: this.outside, steps, initial, outsidePasts: this.outsidePasts.take() },
      find: (low, high, row) => {
        const number = this.numbers.lookUp(low, high, row);
        if (number < 0) return undefined;
        return number & OUTSIDE ? (number ^ OUTSIDE) + states : number;
      },
    };
  }

  get bytes(): number {
    return this.numbers.bytes + this.steps.bytes + this.initial.bytes + this.outsidePasts.bytes;
  }

  private put(edge: number, number: number): void {
    if (this.beginning) this.initial.push(number);
    else this.steps.add(edge, number);
  }

  /** `outRow`, holding the state that the learned step under way leads to. */
  private readonly written = (): RowAt => {
    const to = this.spec.position.copiedOut();
    for (const [cell, local] of this.spec.learner.leaves.writesOf(this.step))
      to.row[to.offset + cell] = local;
    return to;
  };

  /** Copies what the kernel has found; how many words of it there are. */
  private copyFound(): number {
    const { buffers, learner } = this.spec;
    const { found } = buffers;
    const words = (found.length / FOUND_WORDS) * 3;
    if (words > this.found.length) this.found = new Int32Array(words * 2);
    for (let from = 0, to = 0; from < found.length; from += FOUND_WORDS, to += 3) {
      this.found[to] = found[from] as number;
      this.found[to + 1] = found[from + 1] as number;
      this.found[to + 2] = learner.leaves.stepAt(found[from + 2] as number);
    }
    return words;
  }
}

/** What was put down of a space. */
export interface Recorded {
  readonly states: number;
  /** How many of them have been expanded: those with the first numbers. */
  readonly expanded: number;
  readonly outside: number;
  readonly steps: ReturnType<StepTable['of']>;
  readonly initial: Uint32Array;
  readonly outsidePasts: Uint32Array;
  readonly find: (low: number, high: number, row: () => RowAt) => number | undefined;
}
