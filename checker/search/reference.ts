import { Evaluator, type Row } from '../model/evaluator';
import { Fault } from '../model/fault';
import type { Exploration, ExploreOptions, Limit } from '../exploration';
import { Heartbeat } from '../budget/heartbeat';
import { isEnough } from '../property/enough';
import type { Fallen } from '../property/fallen';
import { PlainJudge } from '../property/plainJudge';
import { lengthOf, type Run, type RunStep } from '../trace/run';

const NONE = -1;
const PACE_EVERY = 64;

interface Seen {
  readonly row: Row;
  /** Index of the state it was first reached from; of an initial state, `NONE`. */
  readonly parent: number;
  /** The step it was first reached by; which initial state it is. */
  readonly by: RunStep | number;
}

interface Marked {
  readonly fallen: Fallen;
  readonly at: number;
  /** For an action property: the step. */
  readonly then?: RunStep;
}

/**
 * Breadth-first search that calls the user's functions in every state: slow, and plain enough to be
 * believed. Faster searches are compared with it. When a violation turns up, the level is finished before
 * the search stops, so that counts and verdict do not depend on the order within a level.
 */
export async function searchByReference(evaluator: Evaluator, options: ExploreOptions): Promise<Exploration> {
  return new PlainSearch(evaluator, options).run();
}

class PlainSearch {
  private readonly seen: Seen[] = [];
  private readonly index = new Map<string, number>();
  private readonly outside = new Set<number>();
  private readonly marked = new Map<string, Marked>();
  private readonly reached = new Map<string, number>();
  private readonly counts: Map<string, { generated: number; distinct: number }>;
  private readonly heartbeat: Heartbeat;
  private readonly judge: PlainJudge;
  private initial = 0;
  private generated = 0;
  private depth = 0;
  private expanded = 0;
  private frontier: number[] = [];
  private next: number[] = [];

  constructor(
    private readonly evaluator: Evaluator,
    private readonly options: ExploreOptions,
  ) {
    this.heartbeat = new Heartbeat(options);
    this.judge = new PlainJudge(evaluator);
    this.counts = new Map(evaluator.model.actions.map(({ name }) => [name, { generated: 0, distinct: 0 }]));
  }

  async run(): Promise<Exploration> {
    let at = NONE;
    try {
      for (const row of this.evaluator.initial) {
        this.initial++;
        this.generated++;
        const limit =
          this.discover(row, NONE, this.initial - 1, (index) => (at = index)) ?? (await this.breathe());
        if (limit) return this.finish(limit);
        at = NONE;
      }
      for (;;) {
        this.frontier = this.next;
        this.next = [];
        this.expanded = 0;
        if (this.frontier.length === 0) return this.finish('exhausted');
        this.depth++;
        if (this.enough()) return this.finish('violation');
        if (this.depth === this.options.maxDepth) return this.finish('depth');
        for (at of this.frontier) {
          const limit = this.expand(at, (index) => (at = index)) ?? (await this.breathe());
          if (limit) return this.finish(limit);
          this.expanded++;
        }
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return {
        ...this.finish('fault'),
        fault: { details: error.details, run: at === NONE ? undefined : this.runTo(at) },
      };
    }
  }

  /** `current` is told which state is being looked at, for the run of a fault. */
  private expand(at: number, current: (index: number) => void): Limit | undefined {
    const { evaluator } = this;
    const { row } = this.seen[at] as Seen;
    let enabled = false;
    for (const successor of evaluator.successors(row)) {
      enabled = true;
      this.generated++;
      const count = this.counts.get(successor.action.name);
      if (count) count.generated++;
      for (const fallen of this.judge.step(row, successor.row)) this.mark(fallen, at, successor);
      const before = this.next.length;
      const limit = this.discover(successor.row, at, successor, current);
      current(at);
      if (count && this.next.length > before) count.distinct++;
      if (limit) return limit;
    }
    if (!enabled && this.options.deadlock) for (const fallen of this.judge.end(row)) this.mark(fallen, at);
    return undefined;
  }

  private discover(
    row: Row,
    parent: number,
    by: Seen['by'],
    current: (index: number) => void,
  ): Limit | undefined {
    const key = row.join(',');
    if (this.index.has(key)) return undefined;
    const at = this.seen.length;
    this.seen.push({ row, parent, by });
    this.index.set(key, at);
    current(at);
    if (this.judge.isInside(row)) {
      const distinct = this.seen.length - this.outside.size;
      if (this.options.maxStates !== undefined && distinct > this.options.maxStates) {
        this.seen.pop();
        this.index.delete(key);
        return 'states';
      }
      this.next.push(at);
    } else this.outside.add(at);
    for (const fallen of this.judge.state(row)) this.mark(fallen, at);
    for (const name of this.judge.reached(row)) this.reached.set(name, at);
    return undefined;
  }

  private mark(fallen: Fallen, at: number, then?: RunStep): void {
    this.marked.set(fallen.property, { fallen, at, ...(then && { then }) });
  }

  private enough(): boolean {
    return isEnough(this.evaluator.model, this.options, this.marked.size, this.reached.size);
  }

  private async breathe(): Promise<Limit | undefined> {
    if ((this.expanded || this.initial) % PACE_EVERY !== 0 || !this.heartbeat.due) return undefined;
    const progress = {
      distinct: this.seen.length - this.outside.size,
      generated: this.generated,
      depth: this.depth,
      frontier: this.unexpanded(),
    };
    return this.heartbeat.rest(progress, 0);
  }

  private unexpanded(): number {
    return this.frontier.length - this.expanded + this.next.length;
  }

  /** The run to a state, and one step more. */
  private runTo(at: number, then?: RunStep): Run {
    const steps: RunStep[] = then ? [then] : [];
    for (let i = at; ;) {
      const { parent, by } = this.seen[i] as Seen;
      if (typeof by === 'number') return { start: by, steps: steps.reverse() };
      steps.push(by);
      i = parent;
    }
  }

  private finish(end: Exploration['end']): Exploration {
    const findings = [...this.marked.values()]
      .map(({ fallen, at, then }) => ({ ...fallen, run: this.runTo(at, then) }))
      .sort((a, b) => lengthOf(a.run) - lengthOf(b.run));
    return {
      end,
      findings,
      reached: new Map([...this.reached].map(([name, at]) => [name, this.runTo(at)])),
      statistics: {
        initial: this.initial,
        distinct: this.seen.length - this.outside.size,
        generated: this.generated,
        outside: this.outside.size,
        depth: this.depth + (this.next.length > 0 ? 1 : 0),
        frontier: this.unexpanded(),
        seconds: this.heartbeat.seconds,
        actions: [...this.counts].map(([action, count]) => ({ action, ...count })),
      },
    };
  }
}
