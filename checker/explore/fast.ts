import type { Parameters } from '../../spec/index';
import { grown, type CellRow } from '../learn/cells';
import { DISABLED, writesOf, type StepWrites } from '../learn/leaves';
import { Learner, TRUE, type Instance, type RowAt } from '../learn/learner';
import { PlainStates } from '../learn/plainState';
import type { Evaluator, Row } from '../model/evaluator';
import { Fault, type Place as FaultPlace } from '../model/fault';
import type { ModelAction, State } from '../model/model';
import { NotAValueError } from '../value/refusal';
import type { Exploration, ExploreOptions, FindingKind, Limit } from './exploration';
import { History } from './history';
import { Pace } from './pace';
import { Seen } from './seen';

const PACE_EVERY = 256;

/**
 * Breadth-first search that calls the user's functions only for what it has not seen them do. Visits the
 * same states level by level as the plain search and gives the same counts and verdicts.
 */
export async function exploreFast(evaluator: Evaluator, options: ExploreOptions): Promise<Exploration> {
  try {
    return await new FastSearch(evaluator, options, false).run();
  } catch (error) {
    if (error !== TOO_NARROW) throw error;
    return new FastSearch(evaluator, options, true).run();
  }
}

/** Thrown where a cell has more values than a narrow row can tell apart. */
const TOO_NARROW = new Error('a cell has more than 65,535 values');

/** States of one level: rows one after the other, and their fingerprints. */
class Level {
  count = 0;
  low = new Int32Array(256);
  high = new Int32Array(256);
  rows: CellRow;

  constructor(
    private readonly rowType: Uint16ArrayConstructor | Uint32ArrayConstructor,
    public stride: number,
  ) {
    this.rows = new rowType(256 * stride);
  }

  /** Makes room for one more state. */
  reserve(): void {
    const needed = this.count + 1;
    if (needed > this.low.length) {
      this.low = grown(this.low, needed);
      this.high = grown(this.high, needed);
    }
    if (needed * this.stride > this.rows.length) this.rows = grown(this.rows, needed * this.stride);
  }

  widen(stride: number): void {
    const rows = new this.rowType(Math.max(this.low.length, this.count + 1) * stride);
    for (let i = 0; i <= this.count && (i + 1) * this.stride <= this.rows.length; i++)
      rows.set(this.rows.subarray(i * this.stride, (i + 1) * this.stride), i * stride);
    this.rows = rows;
    this.stride = stride;
  }
}

/** One of the spec's predicates, learned or, where it can't be, called. */
interface Judge {
  readonly name: string;
  readonly place: FaultPlace;
  readonly root: number;
  readonly holds: (state: State) => boolean;
  direct: boolean;
}

interface ActionPlan {
  readonly action: ModelAction;
  readonly index: number;
  /** Instances that exist in every state; empty where a range depends on the state. */
  readonly instances: readonly Instance[];
  readonly depends: boolean;
  readonly rangeRoots: ReadonlyMap<string, number>;
  direct: boolean;
  generated: number;
  distinct: number;
}

interface Marked {
  readonly kind: FindingKind;
  readonly property: string;
  readonly parameters: Parameters | undefined;
  /** The state's number in the history, or −1 where it has none (outside the constraint). */
  readonly edges: readonly number[];
}

class FastSearch {
  private readonly learner: Learner;
  private readonly plain: PlainStates;
  private readonly seen = new Seen();
  private readonly history = new History();
  private readonly plans: ActionPlan[];
  private readonly invariants: Judge[];
  private readonly reachable: Judge[];
  private readonly constraint: Judge | undefined;
  private readonly marked = new Map<string, Marked>();
  private readonly reached = new Map<string, readonly number[]>();
  private readonly pace: Pace;
  private readonly rowType: Uint16ArrayConstructor | Uint32ArrayConstructor;
  private level: Level;
  private next: Level;
  /** A row to learn from: wide enough for any cell that learning brings about. */
  private readonly scratch: CellRow;
  private stride = 16;
  /** Number of the level's first state. */
  private first = 0;
  private generated = 0;
  private outside = 0;
  private depth = 0;
  private expanded = 0;
  /** The edges to the state looked at, for the path of a fault. */
  private focus: () => readonly number[] = () => [];

  constructor(
    private readonly evaluator: Evaluator,
    private readonly options: ExploreOptions,
    wide: boolean,
  ) {
    this.pace = new Pace(options);
    this.learner = new Learner(evaluator);
    this.rowType = wide ? Uint32Array : Uint16Array;
    this.scratch = new this.rowType(1 << 16);
    this.level = new Level(this.rowType, this.stride);
    this.next = new Level(this.rowType, this.stride);
    const { cells, tries } = this.learner;
    cells.onCell = (place) => {
      if (place.cell >= this.stride) this.widen(place.cell + 1);
    };
    cells.onValue = (_place, local) => {
      if (!wide && local > 0xffff) throw TOO_NARROW;
    };
    for (let i = cells.count; i > this.stride; ) this.widen(i);
    this.plain = new PlainStates(this.learner);
    const { model } = evaluator;
    this.plans = model.actions.map((action, index) => {
      const depends = Object.values(action.ranges).some((range) => typeof range === 'function');
      return {
        action,
        index,
        depends,
        instances: depends
          ? []
          : evaluator
              .parametersOf(action.ranges, action.name, {})
              .map((parameters) => this.learner.instance(action, index, parameters)),
        rangeRoots: new Map(Object.keys(action.ranges).map((name) => [name, tries.root()])),
        direct: false,
        generated: 0,
        distinct: 0,
      };
    });
    const judge = (place: FaultPlace, holds: (state: State) => boolean): Judge => ({
      name: place.name,
      place,
      root: tries.root(),
      holds: (state) => evaluator.predicate(place, state, () => holds(state)),
      direct: false,
    });
    this.invariants = model.invariants.map((invariant) => ({
      name: invariant.name,
      place: { part: 'invariant', name: invariant.name },
      root: tries.root(),
      holds: (state) => evaluator.falsifies(invariant, state) === undefined,
      direct: false,
    }));
    this.reachable = model.reachable.map(({ name, holds }) => judge({ part: 'reachable', name }, holds));
    const { constraint } = model;
    this.constraint = constraint && judge({ part: 'constraint', name: '' }, constraint);
  }

  async run(): Promise<Exploration> {
    try {
      const limit = this.begin();
      if (limit) return this.finish(limit);
      for (;;) {
        [this.level, this.next] = [this.next, this.level];
        this.next.count = 0;
        this.first = this.history.size - this.level.count;
        this.expanded = 0;
        if (this.level.count === 0) return this.finish('exhausted');
        this.depth++;
        if (this.enough()) return this.finish('violation');
        if (this.depth === this.options.maxDepth) return this.finish('depth');
        while (this.expanded < this.level.count) {
          const ended = this.expand(this.expanded) ?? (await this.breathe());
          if (ended) return this.finish(ended);
          this.expanded++;
        }
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { ...this.finish('fault'), fault: { details: error.details, path: this.rowsOf(this.focus()) } };
    }
  }

  private begin(): Limit | undefined {
    const { learner, evaluator } = this;
    for (const [index, row] of evaluator.initial.entries()) {
      this.generated++;
      this.focus = () => [];
      const flat = learner.rowOf(row);
      const { next } = this;
      next.reserve();
      const offset = next.count * this.stride;
      next.rows.fill(0, offset, offset + this.stride);
      next.rows.set(flat, offset);
      const [low, high] = learner.cells.fingerprint(next.rows, offset, learner.cells.count);
      if (!this.seen.add(low, high)) continue;
      this.focus = () => [index];
      const limit = this.settle(History.NO_PARENT, index, low, high);
      if (limit) return limit;
    }
    return undefined;
  }

  private expand(i: number): Limit | undefined {
    const number = this.first + i;
    this.focus = () => this.history.edgesTo(number);
    let enabled = false;
    for (const plan of this.plans) {
      if (plan.direct) {
        const limit = this.expandDirectly(plan, i, number);
        if (limit === 'enabled') enabled = true;
        else if (limit) return limit;
        continue;
      }
      const instances = plan.depends ? this.instancesIn(plan, i) : plan.instances;
      if (instances === undefined) {
        const limit = this.expandDirectly(plan, i, number);
        if (limit === 'enabled') enabled = true;
        else if (limit) return limit;
        continue;
      }
      for (let k = 0; k < instances.length; k++) {
        const instance = instances[k] as Instance;
        let pointer = this.learner.tries.walk(
          this.learner.tries.words[instance.root] as number,
          this.level.rows,
          i * this.stride,
        );
        if (pointer === 0) {
          pointer = -this.learn(plan, instance, i);
          if (pointer === 0) {
            const limit = this.takeDirectly(plan, instance.parameters, i, number);
            if (limit === 'enabled') enabled = true;
            else if (limit) return limit;
            continue;
          }
        }
        if (pointer === -DISABLED) continue;
        enabled = true;
        const limit = this.take(plan, -pointer, i, number);
        if (limit) return limit;
      }
    }
    if (!enabled && this.options.deadlock && !this.isFinal(i)) this.mark('deadlock', 'deadlock', this.focus());
    return undefined;
  }

  /** Takes the steps of a leaf from state `i` of the level. */
  private take(plan: ActionPlan, leaf: number, i: number, number: number): Limit | undefined {
    const { leaves, cells } = this.learner;
    const end = leaves.firstStep[leaf + 1] as number;
    for (let step = leaves.firstStep[leaf] as number; step < end; step++) {
      const { level } = this;
      const offset = i * this.stride;
      this.generated++;
      plan.generated++;
      let low = (level.low[i] as number) ^ (leaves.low[step] as number);
      let high = (level.high[i] as number) ^ (leaves.high[step] as number);
      const writesEnd = leaves.writeEnd[step] as number;
      for (let w = leaves.unknownStart[step] as number; w < writesEnd; w += 2) {
        const cell = leaves.writes[w] as number;
        const before = (cells.keyBase[cell] as number) + (level.rows[offset + cell] as number);
        const after = (cells.keyBase[cell] as number) + (leaves.writes[w + 1] as number);
        low ^= (cells.keyLow[before] as number) ^ (cells.keyLow[after] as number);
        high ^= (cells.keyHigh[before] as number) ^ (cells.keyHigh[after] as number);
      }
      if (low === level.low[i] && high === level.high[i]) continue;
      if (!this.seen.add(low, high)) continue;
      const { next } = this;
      next.reserve();
      const target = next.count * this.stride;
      const from = level.rows;
      const to = next.rows;
      for (let c = 0; c < this.stride; c++) to[target + c] = from[offset + c] as number;
      for (let w = leaves.writeStart[step] as number; w < writesEnd; w += 2)
        to[target + (leaves.writes[w] as number)] = leaves.writes[w + 1] as number;
      const edge = leaves.edge[step] as number;
      const before = this.history.size;
      const limit = this.settle(number, edge, low, high);
      if (this.history.size > before) plan.distinct++;
      if (limit) return limit;
    }
    return undefined;
  }

  /** Judges the new state at the end of `next`, and keeps it where it is inside the constraint. */
  private settle(parent: number, edge: number, low: number, high: number): Limit | undefined {
    const at: RowAt = { row: this.next.rows, offset: this.next.count * this.stride, width: this.stride };
    void at;
    const edgesHere = (): readonly number[] =>
      parent === History.NO_PARENT ? [edge] : [...this.history.edgesTo(parent), edge];
    const focus = this.focus;
    this.focus = edgesHere;
    const inside = this.constraint === undefined || this.judge(this.constraint);
    if (inside && this.options.maxStates !== undefined && this.history.size >= this.options.maxStates) return 'states';
    for (const invariant of this.invariants)
      if (!this.marked.has(invariant.name) && !this.judge(invariant)) {
        const model = this.evaluator.model.invariants.find(({ name }) => name === invariant.name);
        const parameters = model && this.evaluator.falsifies(model, this.plain.of(this.newest()));
        this.mark('invariant', invariant.name, edgesHere(), parameters);
      }
    for (const reachable of this.reachable)
      if (!this.reached.has(reachable.name) && this.judge(reachable)) this.reached.set(reachable.name, edgesHere());
    if (inside) {
      this.next.low[this.next.count] = low;
      this.next.high[this.next.count] = high;
      this.next.count++;
      this.history.add(parent, edge);
    } else this.outside++;
    this.focus = focus;
    return undefined;
  }

  private newest(): RowAt {
    return { row: this.next.rows, offset: this.next.count * this.stride, width: this.stride };
  }

  /** What a predicate says of the new state at the end of `next`. */
  private judge(judge: Judge): boolean {
    if (!judge.direct) {
      const { tries } = this.learner;
      const pointer = tries.walk(tries.words[judge.root] as number, this.next.rows, this.next.count * this.stride);
      if (pointer !== 0) return pointer === -TRUE;
      const learned = this.learner.learnPredicate(judge.root, this.copied(this.newest()), judge.holds);
      if (typeof learned === 'object') return learned.leaf === TRUE;
      judge.direct = true;
    }
    return judge.holds(this.plain.of(this.newest()));
  }

  /** The leaf that an instance has for state `i`, or 0 where the action has to be run plainly. */
  private learn(plan: ActionPlan, instance: Instance, i: number): number {
    const at = { row: this.level.rows, offset: i * this.stride, width: this.stride };
    const learned = this.learner.learnAction(instance, this.copied(at));
    if (typeof learned === 'object') return learned.leaf;
    plan.direct = true;
    return 0;
  }

  /** The instances of an action whose ranges depend on the state; undefined where they have to be found plainly. */
  private instancesIn(plan: ActionPlan, i: number): readonly Instance[] | undefined {
    void plan;
    void i;
    return undefined;
  }

  private expandDirectly(plan: ActionPlan, i: number, number: number): Limit | 'enabled' | undefined {
    const at = this.copied({ row: this.level.rows, offset: i * this.stride, width: this.stride });
    const state = this.plain.of(at);
    let enabled = false;
    for (const parameters of this.evaluator.parametersOf(plan.action.ranges, plan.action.name, state)) {
      const limit = this.takeDirectly(plan, parameters, i, number, state);
      if (limit === 'enabled') enabled = true;
      else if (limit) return limit;
    }
    return enabled ? 'enabled' : undefined;
  }

  /** Runs an action's functions on real values. */
  private takeDirectly(
    plan: ActionPlan,
    parameters: Parameters,
    i: number,
    number: number,
    state = this.plain.of(this.copied({ row: this.level.rows, offset: i * this.stride, width: this.stride })),
  ): Limit | 'enabled' | undefined {
    const { evaluator, learner } = this;
    if (!evaluator.enabled(plan.action, parameters, state)) return undefined;
    const instance = learner.instance(plan.action, plan.index, parameters);
    let enabled = false;
    for (const [choice, changes] of evaluator.changesOf(plan.action, parameters, state).entries()) {
      enabled = true;
      evaluator.checkChanges(changes, state, plan.action, parameters);
      const writes = this.writesOf(changes, state, plan.action, parameters);
      this.generated++;
      plan.generated++;
      const { level, next } = this;
      const { cells } = learner;
      next.reserve();
      const offset = i * this.stride;
      const target = next.count * this.stride;
      let low = level.low[i] as number;
      let high = level.high[i] as number;
      for (let c = 0; c < this.stride; c++) next.rows[target + c] = level.rows[offset + c] as number;
      for (const [cell, local] of writes) {
        const base = cells.keyBase[cell] as number;
        const before = next.rows[target + cell] as number;
        low ^= (cells.keyLow[base + before] as number) ^ (cells.keyLow[base + local] as number);
        high ^= (cells.keyHigh[base + before] as number) ^ (cells.keyHigh[base + local] as number);
        next.rows[target + cell] = local;
      }
      if (!this.seen.add(low, high)) continue;
      const before = this.history.size;
      const limit = this.settle(number, learner.edge(instance, choice), low, high);
      if (this.history.size > before) plan.distinct++;
      if (limit) return limit;
    }
    return enabled ? 'enabled' : undefined;
  }

  private writesOf(changes: object, state: State, action: ModelAction, parameters: Parameters): StepWrites['writes'] {
    try {
      return writesOf(this.learner.cells, changes, this.evaluator.variables).writes;
    } catch (error) {
      if (!(error instanceof NotAValueError)) throw error;
      this.evaluator.refuseValues(changes, state, action, parameters);
      throw error;
    }
  }

  /** A row copied to where learning may bring about new cells without moving it. */
  private copied({ row, offset, width }: RowAt): RowAt {
    this.scratch.fill(0);
    for (let c = 0; c < width; c++) this.scratch[c] = row[offset + c] as number;
    return { row: this.scratch, offset: 0, width: this.scratch.length };
  }

  private widen(cells: number): void {
    this.stride = Math.max(cells, Math.ceil(this.stride * 1.5));
    this.level.widen(this.stride);
    this.next.widen(this.stride);
  }

  private isFinal(i: number): boolean {
    const { final } = this.evaluator.model;
    if (final === undefined) return false;
    const state = this.plain.of({ row: this.level.rows, offset: i * this.stride, width: this.stride });
    return this.evaluator.predicate({ part: 'final', name: '' }, state, () => final(state));
  }

  private mark(kind: FindingKind, property: string, edges: readonly number[], parameters?: Parameters): void {
    if (!this.marked.has(property)) this.marked.set(property, { kind, property, parameters, edges });
  }

  private enough(): boolean {
    if (this.marked.size === 0) return false;
    if (!this.options.keepGoing) return true;
    const { invariants, actionProperties, reachable } = this.evaluator.model;
    const properties = invariants.length + actionProperties.length + (this.options.deadlock ? 1 : 0);
    return this.marked.size === properties && this.reached.size === reachable.length;
  }

  private async breathe(): Promise<Limit | undefined> {
    if (this.expanded % PACE_EVERY !== 0 || !this.pace.due) return undefined;
    return this.pace.rest({
      distinct: this.history.size,
      generated: this.generated,
      depth: this.depth,
      frontier: this.unexpanded(),
    });
  }

  private unexpanded(): number {
    return this.level.count - this.expanded + this.next.count;
  }

  /** Follows edges from an initial state by the user's own functions. */
  private rowsOf(edges: readonly number[]): Row[] {
    const [initial, ...steps] = edges;
    if (initial === undefined) return [];
    const rows = [this.evaluator.initial[initial] as Row];
    for (const edge of steps) {
      const { action, parameters } = this.learner.edgeInstance[edge] as Instance;
      const from = rows.at(-1) as Row;
      rows.push(this.evaluator.step(from, action, parameters, this.learner.edgeChoice[edge] as number));
    }
    return rows;
  }

  private finish(end: Exploration['end']): Exploration {
    const findings = [...this.marked.values()]
      .map(({ kind, property, parameters, edges }) => ({
        kind,
        property,
        ...(parameters && Object.keys(parameters).length > 0 && { parameters }),
        path: this.rowsOf(edges),
      }))
      .sort((a, b) => a.path.length - b.path.length);
    return {
      end,
      findings,
      reached: new Map([...this.reached].map(([name, edges]) => [name, this.rowsOf(edges)])),
      statistics: {
        initial: this.evaluator.initial.length,
        distinct: this.history.size,
        generated: this.generated,
        outside: this.outside,
        depth: this.depth + (this.next.count > 0 ? 1 : 0),
        frontier: this.unexpanded(),
        seconds: this.pace.seconds,
        actions: this.plans.map(({ action, generated, distinct }) => ({ action: action.name, generated, distinct })),
      },
    };
  }
}
