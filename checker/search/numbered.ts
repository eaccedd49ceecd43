import { Heartbeat } from '../budget/heartbeat';
import type { Exploration, ExploreOptions, Limit } from '../exploration';
import { SEEN_BASE } from '../kernel/codes';
import { CONTEXT, HEADER, PAGE, UNLIMITED } from '../kernel/layout';
import type { Evaluator } from '../model/evaluator';
import { Cursor } from '../store/cursor';
import { Frontier } from '../store/frontier';
import { LevelRows } from '../store/levelRows';
import { Predecessors } from '../store/predecessors';
import { arriveInitially } from './initialStates';
import { LearnedSpec } from './learnedSpec';
import { Recording, type RecordingOptions } from './recording';
import { StateSpace } from './stateSpace';
import { Stepping } from './stepping';
import { searchBy, type Counts, type Search, type Task } from './strategy';
import { OneByOne } from './taking';

/** How a space is searched and what is kept of it. With `keepGoing` it is searched to its end, whatever falls. */
export interface NumberedOptions extends Omit<ExploreOptions, 'workers'>, RecordingOptions {
  /** Keep the rows of all states, and not only how each was reached: `rowOf` then takes a look, and no call. */
  readonly rows?: boolean;
}

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
    this.stepping = new Stepping(this.spec, this.recording, new OneByOne(this.spec, this.recording));
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
