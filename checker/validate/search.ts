import type { Event } from '../../spec/index';
import type { Heartbeat } from '../budget/heartbeat';
import type { Evaluator, Row } from '../model/evaluator';
import { attended } from '../model/attended';
import { Fault, NoAnswer, type FaultDetails } from '../model/fault';
import { PlainJudge } from '../property/plainJudge';
import { Layer } from './layer';
import { comparedFields, differingFields } from './match';
import { observedOf } from './observe';
import type { ValidationIncomplete, ValidationStatistics } from './validation';

/** How many of the states are shown in which the system could be where a log is refused. */
export const STATES_SHOWN = 3;

const PACE_EVERY = 16;
const NONE = -1;

/** How far a search for an explanation is. */
export interface ValidationProgress {
  /** Events of the longest prefix explained so far. */
  readonly explained: number;
  readonly events: number;
  readonly states: number;
  readonly seconds: number;
}

export interface SearchOptions {
  readonly ignore: readonly string[];
  readonly maxStates: number;
  readonly maxHidden: number | undefined;
  readonly heartbeat: Heartbeat;
  readonly onProgress: ((progress: Omit<ValidationProgress, 'seconds'>) => void) | undefined;
}

/** One step of a path: the state it leads to, by which of the successors of the state before. */
export interface PathStep {
  readonly row: Row;
  /** Index among the successors; meaningless for the first state. */
  readonly by: number;
  /** Events seen by then. */
  readonly events: number;
}

/** How a search ended; `path` leads to where it got furthest, or to where the spec is at fault. */
export interface Found {
  readonly end: 'explained' | 'unexplained' | 'fault' | ValidationIncomplete['limit'];
  readonly path: readonly PathStep[];
  /** Events of the longest prefix explained. */
  readonly explained: number;
  readonly fault?: FaultDetails;
  readonly statistics: Omit<ValidationStatistics, 'seconds'>;
  /** All states after that prefix, the ones with the fewest hidden steps first. */
  readonly states: readonly Row[];
  /** Different events that could have come next, with the actions that show them. */
  readonly allowed: readonly { readonly event: Event; readonly actions: ReadonlySet<string> }[];
}

/**
 * Looks for a run that shows a log's events and no others. What is searched is the product of states and numbers
 * of events seen by then, each pair once. Where the log has been followed furthest is expanded first, and there the
 * fewest hidden steps: an explanation is mostly found without visiting all states that the system could be in
 * between two events. Without one, all of them are visited in the end, as if they had been followed side by side.
 */
export class Search {
  private readonly ids = new Map<string, number>();
  private readonly rows: Row[] = [];
  private readonly layers: Layer[] = [];
  private readonly judge: PlainJudge;
  private readonly fields: readonly (readonly string[])[];
  // Per node: its state, the node before and by which successor, events seen, hidden steps since.
  private readonly state: number[] = [];
  private readonly parent: number[] = [];
  private readonly by: number[] = [];
  private readonly events: number[] = [];
  private readonly hidden: number[] = [];
  private readonly allowed = new Map<string, { readonly event: Event; readonly actions: Set<string> }>();
  private visited = 0;
  private generated = 0;
  private outside = 0;
  private expanded = 0;
  /** The last layer in which a node may be waiting. */
  private top = NONE;
  private furthest = NONE;
  private furthestNode = NONE;
  /** The node that is expanded. */
  private node = NONE;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly log: readonly Event[],
    private readonly options: SearchOptions,
  ) {
    this.judge = new PlainJudge(evaluator);
    this.fields = log.map((line) => comparedFields(line, options.ignore));
  }

  async run(): Promise<Found> {
    try {
      return await attended(() => this.search());
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error instanceof NoAnswer) this.evaluator.unanswered(error);
      return { ...this.found('fault'), path: this.pathTo(this.node), fault: error.details };
    }
  }

  private async search(): Promise<Found> {
    for (const row of this.evaluator.initial) {
      this.reach(row, NONE, 0, 0, 0);
      const limit = this.visited > this.options.maxStates ? 'states' : await this.breathe();
      if (limit) return this.found(limit);
    }
    while (this.furthest < this.log.length) {
      this.node = this.take();
      if (this.node === NONE) return this.found(this.cut ? 'hidden' : 'unexplained');
      this.expand(this.node);
      if (this.furthest === this.log.length) break; // no limit comes before what is found
      if (this.visited > this.options.maxStates) return this.found('states');
      const limit = await this.breathe();
      if (limit) return this.found(limit);
    }
    return this.found('explained');
  }

  /** The node to expand next: of those furthest in the log, the one with the fewest hidden steps since. */
  private take(): number {
    for (; this.top >= 0; this.top--) {
      const node = this.layers[this.top]?.take();
      if (node !== undefined) return node;
    }
    return NONE;
  }

  private expand(node: number): void {
    const { evaluator, options } = this;
    const row = this.rows[this.state[node] as number] as Row;
    const before = evaluator.stateOf(row);
    if (!this.judge.isInside(row)) {
      this.outside++;
      return;
    }
    const events = this.events[node] as number;
    const hidden = this.hidden[node] as number;
    const line = this.log[events] as Event;
    const fields = this.fields[events] as readonly string[];
    this.expanded++;
    evaluator.successors(row, before).forEach((step, by) => {
      this.generated++;
      const event = observedOf(evaluator, before, step);
      if (event === undefined) {
        if (hidden === options.maxHidden) this.layers[events]?.beyond.add(this.idOf(step.row));
        else this.reach(step.row, node, by, events, hidden + 1);
      } else if (differingFields(line, fields, event).length === 0)
        this.reach(step.row, node, by, events + 1, 0);
      else if (events === this.furthest) this.allow(event, step.action.name);
    });
  }

  /** Whether a state was left out for the bound on hidden steps, and not reached by fewer. */
  private get cut(): boolean {
    return this.layers.some(({ beyond, visited }) =>
      [...beyond].some((state) => !visited.has(state) && this.judge.isInside(this.rows[state] as Row)),
    );
  }

  private reach(row: Row, parent: number, by: number, events: number, hidden: number): void {
    const layer = (this.layers[events] ??= new Layer());
    const state = this.idOf(row);
    const known = layer.visited.get(state);
    if (known !== undefined && known <= hidden) return;
    layer.visited.set(state, hidden);
    // By fewer hidden steps a state is worth another visit only where their number is bounded.
    if (known !== undefined && this.options.maxHidden === undefined) return;
    if (known === undefined) this.visited++;
    const node = this.state.push(state) - 1;
    this.parent.push(parent);
    this.by.push(by);
    this.events.push(events);
    this.hidden.push(hidden);
    layer.add(node, hidden);
    if (events > this.top) this.top = events;
    if (events <= this.furthest) return;
    this.furthest = events;
    this.furthestNode = node;
    this.allowed.clear();
  }

  /** Noted only where the log was followed furthest so far: nobody asks about the rest. */
  private allow(event: Event, action: string): void {
    const key = JSON.stringify(Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = this.allowed.get(key);
    if (known) known.actions.add(action);
    else this.allowed.set(key, { event, actions: new Set([action]) });
  }

  private idOf(row: Row): number {
    const key = row.join(',');
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.rows.push(row) - 1;
    this.ids.set(key, id);
    return id;
  }

  private async breathe(): Promise<'seconds' | 'memory' | 'aborted' | undefined> {
    const { heartbeat, onProgress } = this.options;
    if ((this.expanded || this.evaluator.initial.known) % PACE_EVERY !== 0 || !heartbeat.due)
      return undefined;
    onProgress?.({ explained: this.furthest, events: this.log.length, states: this.visited });
    const progress = { distinct: this.visited, generated: this.generated, depth: 0, frontier: 0 };
    return heartbeat.rest(progress, 0);
  }

  private pathTo(node: number): PathStep[] {
    const path: PathStep[] = [];
    for (let at = node; at !== NONE; at = this.parent[at] as number)
      path.push({
        row: this.rows[this.state[at] as number] as Row,
        by: this.by[at] as number,
        events: this.events[at] as number,
      });
    return path.reverse();
  }

  /**
   * The states of a layer, the ones with the fewest hidden steps first. Where those are not bounded, states were not
   * visited again for fewer, and what lies behind them has a number too high: the first few are counted anew.
   */
  private nearestFirst({ visited }: Layer): number[] {
    const byNumber = [...visited].sort((a, b) => a[1] - b[1]);
    const nearest = new Set(byNumber.flatMap(([state, hidden]) => (hidden === 0 ? [state] : [])));
    if (this.options.maxHidden === undefined)
      for (const state of nearest) {
        if (nearest.size >= STATES_SHOWN) break;
        for (const next of this.hiddenFrom(this.rows[state] as Row)) nearest.add(next);
      }
    return [...new Set([...nearest, ...byNumber.map(([state]) => state)])];
  }

  /** The states to which hidden steps lead. */
  private hiddenFrom(row: Row): number[] {
    const { evaluator } = this;
    const before = evaluator.stateOf(row);
    if (!this.judge.isInside(row)) return [];
    return evaluator
      .successors(row, before)
      .filter((step) => observedOf(evaluator, before, step) === undefined)
      .map((step) => this.idOf(step.row));
  }

  private found(end: Found['end']): Found {
    const layer = this.layers[this.furthest];
    const states = layer && end === 'unexplained' ? this.nearestFirst(layer) : [];
    return {
      end,
      path: this.pathTo(this.furthestNode),
      explained: this.furthest,
      statistics: {
        states: this.visited,
        generated: this.generated,
        widest: this.layers.reduce((most, { visited }) => Math.max(most, visited.size), 0),
        outside: this.outside,
      },
      states: states.map((state) => this.rows[state] as Row),
      allowed: [...this.allowed.values()],
    };
  }
}
