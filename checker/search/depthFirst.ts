import type { Evaluator } from '../model/evaluator';
import type { Exploration, ExploreOptions, Limit } from '../exploration';
import { Predecessors } from '../store/predecessors';
import { RowStack } from '../store/rowStack';
import { StackTop } from '../store/stackTop';
import { Admission } from './admission';
import { arriveInitially } from './initialStates';
import { LearnedSpec } from './learnedSpec';
import { Stepping } from './stepping';
import { searchBy, type Counts, type Search, type Task } from './strategy';

/**
 * Depth-first search by what is known of the spec: the same states as breadth first, but by whatever run comes to them
 * first. Ends with the first violation, or all of them where it keeps going. Where there is a bound on depth it is one on
 * those runs: a state that was met at the bound is not gone on from, though a shorter run may lead to it.
 */
export function searchDepthFirst(evaluator: Evaluator, options: ExploreOptions): Promise<Exploration> {
  return searchBy((task) => new DepthFirst(task), evaluator, { ...options, workers: 1 });
}

class DepthFirst implements Search {
  readonly spec: LearnedSpec;
  private readonly predecessors = new Predecessors();
  private readonly top: StackTop;
  private readonly admission: Admission;
  private readonly stepping: Stepping;
  private deepest = 0;
  private cutOff = false;

  constructor(private readonly task: Task) {
    const { evaluator, memory, options } = task;
    this.top = new StackTop(new RowStack(memory), this.predecessors);
    this.spec = new LearnedSpec(evaluator, memory, this.top, options);
    this.admission = new Admission(this.spec, options);
    this.stepping = new Stepping(this.spec, this.admission, this.admission.taking);
  }

  async run(): Promise<Exploration['end']> {
    const end = await this.search();
    this.spec.audit.atEnd(end === 'exhausted');
    return end;
  }

  get counts(): Counts {
    const { outside, bytes } = this.admission;
    return {
      distinct: this.top.distinct,
      outside,
      depth: this.deepest,
      frontier: this.top.unexpanded,
      shared: 0,
      unordered: false,
      bytes: bytes + this.predecessors.bytes,
    };
  }

  async release(): Promise<void> {}

  private async search(): Promise<Exploration['end']> {
    for (;;) {
      const arrived = arriveInitially(this.spec, this.admission, this.spec.begun);
      if (arrived === 'none') return this.cutOff ? 'depth' : 'exhausted';
      const end = arrived ?? (await this.exhaust());
      if (end) return end;
    }
  }

  /** Goes on from the states on the stack until there are none. */
  private async exhaust(): Promise<Exploration['end'] | undefined> {
    const { top, spec } = this;
    const { options, heartbeat } = this.task;
    while (top.turn()) {
      this.deepest = Math.max(this.deepest, top.depth);
      if (spec.findings.enough(options)) return 'violation';
      if (top.depth === options.maxDepth) {
        this.cutOff = true;
        top.leave();
        continue;
      }
      const limit = this.expand() ?? (heartbeat.due ? await this.breathe() : undefined);
      if (limit) return limit;
    }
    return spec.findings.enough(options) ? 'violation' : undefined;
  }

  /** Takes the steps out of the state on top. */
  private expand(): Limit | undefined {
    const { spec, stepping } = this;
    for (;;) {
      spec.maintain();
      spec.audit.compareHits();
      spec.audit.beforeState();
      const limit = stepping.take();
      if (limit === 'anew') continue;
      if (limit === undefined) this.top.leave();
      return limit;
    }
  }

  private breathe(): Promise<Limit | undefined> {
    const { position, generated } = this.spec;
    const progress = {
      distinct: position.distinct,
      generated,
      depth: this.deepest,
      frontier: this.top.unexpanded,
    };
    return this.task.heartbeat.rest(progress, this.admission.tableBytes);
  }
}
