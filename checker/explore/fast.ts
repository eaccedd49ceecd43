import type { Parameters } from '../../spec/index';
import { grown, type CellRow } from '../learn/cells';
import { Learner, RANK_BITS, RANKS, type Instance, type RowAt } from '../learn/learner';
import { DISABLED, writesOf, type StepWrites } from '../learn/leaves';
import { RowsTooSmall } from '../learn/internalError';
import { PlainStates } from '../learn/plainState';
import type { Evaluator, Row } from '../model/evaluator';
import { Fault } from '../model/fault';
import type { ModelAction, State } from '../model/model';
import { NotAValueError } from '../value/refusal';
import { Auditor, notPure } from './auditor';
import type { Exploration, ExploreOptions, FindingKind, Limit, Statistics } from './exploration';
import { History } from './history';
import { Judges, type Judge } from './judges';
import { Level, MOST_CELLS, type RowType } from './level';
import { learningOf } from './learningOf';
import { Pace } from './pace';
import { explorePlainly } from './plain';
import { dependsOnState, planOf, type Plan } from './plan';
import { fromRoots, rootGroups, type RootGroup, type Survivors } from './roots';
import { Seen } from './seen';
import { StateRanges } from './stateRanges';
import { StepJudges } from './stepJudges';

/** No state, no edge. */
const NONE = -1;
const PACE_EVERY = 256;
/** Misses after which the root tables are made anew. */
const STALE = 256;

/**
 * Breadth-first search that calls the user's functions only for what it has not seen them do. Visits the
 * same states level by level as the plain search and gives the same counts and verdicts.
 */
export async function exploreFast(evaluator: Evaluator, options: ExploreOptions): Promise<Exploration> {
  for (const rowType of [Uint16Array, Uint32Array]) {
    try {
      return await new FastSearch(evaluator, options, rowType).run();
    } catch (error) {
      if (!(error instanceof RowsTooSmall)) throw error;
      if (error.lack === 'cells') break;
    }
  }
  return explorePlainly(evaluator, options);
}

/** Most values of a cell that a narrow row can tell apart. */
const MOST_NARROW = 0xffff;

interface Marked {
  readonly kind: FindingKind;
  readonly property: string;
  readonly parameters: Parameters | undefined;
  readonly edges: readonly number[];
}

class FastSearch {
  private readonly learner: Learner;
  private readonly plain: PlainStates;
  private readonly seen = new Seen();
  private readonly history = new History();
  private readonly plans: Plan[];
  private readonly ranges: StateRanges;
  private readonly judges: Judges;
  private readonly stepJudges: StepJudges;
  private readonly auditor: Auditor;
  private readonly constraint: Judge | undefined;
  private readonly marked = new Map<string, Marked>();
  private readonly reached = new Map<string, readonly number[]>();
  private readonly pace: Pace;
  private level: Level;
  private next: Level;
  /** A row to learn from: wide enough for any cell that learning brings about. */
  private readonly scratch: CellRow;
  private scratchUsed = 0;
  private stride = 16;
  private groups: RootGroup[] = [];
  private loose: Survivors = fromRoots([]);
  private stale = STALE;
  /** The actions whose instances are not in the root tables, in the order declared. */
  private apart: readonly Plan[] = [];
  /** The leaves of the state's enabled instances, by rank. */
  private enabledLeaves = new Int32Array(64);
  private enabledRanks = new Int32Array(64);
  private enabledCount = 0;
  /** Steps of the state being expanded, and the fingerprints they lead to. */
  private steps = new Int32Array(64);
  private stepLow = new Int32Array(64);
  private stepHigh = new Int32Array(64);
  /** Steps taken and states found, by action. */
  private readonly generatedBy: Float64Array;
  private readonly distinctBy: Float64Array;
  /** Instances gathered that must be run plainly: the n-th stands among the leaves as -n. */
  private readonly plainly: Instance[] = [];
  /** Number of the level's first state. */
  private first = 0;
  /** Initial states looked at. */
  private begun = 0;
  private outside = 0;
  private depth = 0;
  private expanded = 0;
  /** States expanded in earlier levels. */
  private expandedBefore = 0;
  /** The state looked at, for the path of a fault: a numbered one, and the edge to a new one if that is it. */
  private focusState = NONE;
  private focusEdge = NONE;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly options: ExploreOptions,
    rowType: RowType,
  ) {
    this.pace = new Pace(options);
    this.learner = new Learner(evaluator);
    this.scratch = new rowType(MOST_CELLS);
    this.level = new Level(rowType, this.stride);
    this.next = new Level(rowType, this.stride);
    const { cells } = this.learner;
    cells.onCell = (place) => {
      if (place.cell >= MOST_CELLS) throw new RowsTooSmall('cells');
      if (place.cell >= this.stride) this.widen(place.cell + 1);
    };
    cells.onValue = (_place, local) => {
      if (rowType === Uint16Array && local > MOST_NARROW) throw new RowsTooSmall('values');
    };
    if (cells.count > this.stride) this.widen(cells.count);
    this.plain = new PlainStates(this.learner);
    const plainState = (at: RowAt): State => this.plain.of(at);
    const copied = (at: RowAt): RowAt => this.copied(at);
    this.ranges = new StateRanges(this.learner, copied, () => (this.stale = STALE));
    this.judges = new Judges(this.learner, plainState, copied);
    this.stepJudges = new StepJudges(this.learner, plainState, rowType);
    const { model } = evaluator;
    this.plans = model.actions.map((action, index) => planOf(action, index, this.learner));
    const { constraint } = model;
    this.constraint = constraint && this.judges.add({ part: 'constraint', name: '' }, constraint);
    for (const invariant of model.invariants) {
      const { ranges, name, holds } = invariant;
      if (dependsOnState(ranges)) {
        this.judges.add(
          { part: 'invariant', name },
          (state) => evaluator.falsifies(invariant, state) === undefined,
        );
        continue;
      }
      for (const parameters of evaluator.parametersOf(ranges, name, {}))
        this.judges.add({ part: 'invariant', name, parameters }, (state) => holds(state, parameters));
    }
    for (const { name, holds } of model.reachable) this.judges.add({ part: 'reachable', name }, holds);
    this.generatedBy = new Float64Array(model.actions.length);
    this.distinctBy = new Float64Array(model.actions.length);
    this.auditor = new Auditor(this.learner, options.now);
  }

  async run(): Promise<Exploration> {
    try {
      const limit = this.begin();
      if (limit) return this.finish(limit);
      for (;;) {
        [this.level, this.next] = [this.next, this.level];
        this.next.count = 0;
        this.first = this.history.size - this.level.count;
        this.expandedBefore += this.expanded;
        this.expanded = 0;
        if (this.level.count === 0) return this.finish('exhausted');
        this.depth++;
        if (this.enough()) return this.finish('violation');
        if (this.depth === this.options.maxDepth) return this.finish('depth');
        if (this.stale > 0) this.stale = STALE;
        while (this.expanded < this.level.count) {
          const ended = this.expand(this.expanded) ?? (await this.breathe());
          if (ended) return this.finish(ended);
          this.expanded++;
        }
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return this.faulted(error);
    }
  }

  private begin(): Limit | undefined {
    const { learner, evaluator } = this;
    for (const [index, row] of evaluator.initial.entries()) {
      this.begun++;
      const flat = learner.rowOf(row);
      this.next.reserve();
      const { next } = this;
      const offset = next.count * this.stride;
      next.rows.fill(0, offset, offset + this.stride);
      next.rows.set(flat, offset);
      const [low, high] = learner.cells.fingerprint(next.rows, offset, learner.cells.count);
      if (!this.seen.add(low, high)) continue;
      const limit = this.settle(History.NO_PARENT, index, low, high, undefined);
      if (limit) return limit;
    }
    return undefined;
  }

  private expand(i: number): Limit | undefined {
    const number = this.first + i;
    this.focusState = number;
    if (this.stale >= STALE) this.regroup();
    if (this.auditor.due(this.visits)) this.audit(i);
    this.enabledCount = 0;
    this.plainly.length = 0;
    const { groups } = this;
    for (let g = 0; g < groups.length; g++) {
      const group = groups[g] as RootGroup;
      const value = this.level.rows[i * this.stride + group.cell] as number;
      this.gather(group.byValue[value] ?? group.all, i);
    }
    if (this.loose.slots.length > 0) this.gather(this.loose, i);
    const taken = this.apart.length === 0 ? this.takeGathered(i, number) : this.takeInTurn(i, number);
    if (typeof taken === 'string') return taken;
    if (!taken && this.options.deadlock && !this.isFinal(i)) this.mark('deadlock', 'deadlock', this.focus);
    return undefined;
  }

  /**
   * Takes the steps gathered and those of the actions that are apart, all in the order of the plain search:
   * so both number their states alike and tell the same shortest run.
   */
  private takeInTurn(i: number, number: number): Limit | boolean {
    let enabled = false;
    const ours = {
      count: this.enabledCount,
      leaves: this.enabledLeaves.slice(),
      ranks: this.enabledRanks.slice(),
    };
    let from = 0;
    for (const plan of [...this.apart, undefined]) {
      let to = from;
      const end = plan ? plan.index * RANKS : Infinity;
      while (to < ours.count && (ours.ranks[to] as number) < end) to++;
      this.enabledCount = to - from;
      this.enabledLeaves.set(ours.leaves.subarray(from, to));
      this.enabledRanks.set(ours.ranks.subarray(from, to));
      const taken = this.takeGathered(i, number);
      if (typeof taken === 'string') return taken;
      enabled ||= taken;
      from = to;
      if (plan === undefined) break;
      const apart = this.takeApart(plan, i, number);
      if (typeof apart === 'string') return apart;
      enabled ||= apart;
    }
    return enabled;
  }

  /** Takes the steps of an action whose instances depend on the state, or which is run plainly. */
  private takeApart(plan: Plan, i: number, number: number): Limit | boolean {
    const chosen = plan.direct ? undefined : this.chosenIn(plan, i);
    if (chosen === undefined) return this.expandDirectly(plan, i, number);
    this.enabledCount = 0;
    const ranks = Int32Array.from(chosen.instances, (_, k) => plan.index * RANKS + k);
    this.gather({ ...chosen, ranks }, i);
    return this.takeGathered(i, number);
  }

  private chosenIn(plan: Plan, i: number): Survivors | undefined {
    return this.ranges.instancesIn(plan, () => this.rowAt(i), this.visits);
  }

  /** Walks tries from the slots given, in state `i` of the level, and notes the leaves of those enabled, by rank. */
  private gather({ slots, ranks, instances }: Survivors, i: number): void {
    const { tries } = this.learner;
    let { words } = tries;
    let { rows } = this.level;
    let offset = i * this.stride;
    for (let k = 0; k < slots.length; k++) {
      let pointer = words[slots[k] as number] as number;
      while (pointer > 0) {
        const cell = words[pointer] as number;
        if (cell >= 0) {
          const value = rows[offset + cell] as number;
          pointer = value < (words[pointer + 1] as number) ? (words[pointer + 2 + value] as number) : 0;
        } else {
          pointer = tries.pass(pointer, rows, offset);
          words = tries.words;
        }
      }
      if (pointer === -DISABLED) continue;
      if (pointer === 0) {
        const instance = instances[k] as Instance;
        pointer = -this.learn(this.plans[instance.actionIndex] as Plan, instance, i);
        if (pointer === 0) pointer = this.plainly.push(instance);
        words = tries.words;
        rows = this.level.rows;
        offset = i * this.stride;
        if (pointer === -DISABLED) continue;
      }
      this.note(-pointer, ranks[k] as number);
    }
  }

  /** Puts an enabled leaf among those gathered, by its rank; one below 0 stands for an instance to be run plainly. */
  private note(leaf: number, rank: number): void {
    if (this.enabledCount === this.enabledLeaves.length) {
      this.enabledLeaves = grown(this.enabledLeaves, this.enabledCount + 1);
      this.enabledRanks = grown(this.enabledRanks, this.enabledCount + 1);
    }
    const { enabledLeaves: leaves, enabledRanks: ranks } = this;
    let at = this.enabledCount++;
    while (at > 0 && (ranks[at - 1] as number) > rank) {
      leaves[at] = leaves[at - 1] as number;
      ranks[at] = ranks[at - 1] as number;
      at--;
    }
    leaves[at] = leaf;
    ranks[at] = rank;
  }

  /** Takes the steps gathered, from state `i` of the level; whether there were any. */
  private takeGathered(i: number, number: number): Limit | boolean {
    let enabled = false;
    let from = 0;
    for (let k = 0; k <= this.enabledCount; k++) {
      const plainly = k < this.enabledCount && (this.enabledLeaves[k] as number) < 0;
      if (!plainly && k < this.enabledCount) continue;
      if (k > from) {
        enabled = true;
        const limit = this.takeLeaves(from, k, i, number);
        if (limit) return limit;
      }
      from = k + 1;
      if (!plainly) continue;
      const instance = this.plainly[-(this.enabledLeaves[k] as number) - 1] as Instance;
      const plan = this.plans[instance.actionIndex] as Plan;
      const taken = this.takeDirectly(plan, instance.parameters, i, number);
      if (typeof taken === 'string') return taken;
      enabled ||= taken;
    }
    return enabled;
  }

  /** Takes the steps of the leaves gathered from `from` up to `to`. */
  private takeLeaves(from: number, to: number, i: number, number: number): Limit | undefined {
    for (let k = from; k < to; k++) {
      const leaf = this.enabledLeaves[k] as number;
      if (this.auditor.fresh(leaf)) this.auditLeaf(leaf, i);
    }
    const count = this.compute(from, to, i);
    const { seen } = this;
    seen.fetch(this.stepLow, count);
    for (let k = 0; k < count; k++) {
      const low = this.stepLow[k] as number;
      const high = this.stepHigh[k] as number;
      if (!seen.add(low, high)) continue;
      const limit = this.discover(this.steps[k] as number, i, number, low, high);
      if (limit) return limit;
    }
    return undefined;
  }

  /**
   * Notes the steps of gathered leaves that change anything, with the fingerprints they lead to. Apart from
   * the look-ups in the set of seen states, so that those can overlap.
   */
  private compute(from: number, to: number, i: number): number {
    const { leaves, cells } = this.learner;
    const { firstStep, low: deltaLow, high: deltaHigh, unknownStart, writeEnd, writes } = leaves;
    const { enabledLeaves, enabledRanks } = this;
    const { keyBase, keyLow, keyHigh } = cells;
    const { rows } = this.level;
    const offset = i * this.stride;
    const fromLow = this.level.low[i] as number;
    const fromHigh = this.level.high[i] as number;
    const { generatedBy } = this;
    let count = 0;
    for (let k = from; k < to; k++) {
      const leaf = enabledLeaves[k] as number;
      const first = firstStep[leaf] as number;
      const end = firstStep[leaf + 1] as number;
      generatedBy[(enabledRanks[k] as number) >> RANK_BITS]! += end - first;
      for (let step = first; step < end; step++) {
        let low = fromLow ^ (deltaLow[step] as number);
        let high = fromHigh ^ (deltaHigh[step] as number);
        const writesEnd = writeEnd[step] as number;
        for (let w = unknownStart[step] as number; w < writesEnd; w += 2) {
          const cell = writes[w] as number;
          const base = keyBase[cell] as number;
          const before = base + (rows[offset + cell] as number);
          const after = base + (writes[w + 1] as number);
          low ^= (keyLow[before] as number) ^ (keyLow[after] as number);
          high ^= (keyHigh[before] as number) ^ (keyHigh[after] as number);
        }
        if (low === fromLow && high === fromHigh && !this.stepJudges.open) continue;
        if (count === this.steps.length) this.growSteps();
        this.steps[count] = step;
        this.stepLow[count] = low;
        this.stepHigh[count] = high;
        count++;
      }
    }
    return this.stepJudges.open ? this.judgeSteps(count, i) : count;
  }

  /** Puts the steps noted to the action properties, and drops those that change nothing. */
  private judgeSteps(count: number, i: number): number {
    const { leaves } = this.learner;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const step = this.steps[k] as number;
      for (const name of this.stepJudges.failing(this.rowAt(i), leaves, step))
        this.markStep(name, leaves.edge[step] as number);
      if (this.stepLow[k] === this.level.low[i] && this.stepHigh[k] === this.level.high[i]) continue;
      this.steps[kept] = step;
      this.stepLow[kept] = this.stepLow[k] as number;
      this.stepHigh[kept] = this.stepHigh[k] as number;
      kept++;
    }
    return kept;
  }

  private growSteps(): void {
    const room = this.steps.length * 2;
    this.steps = grown(this.steps, room);
    this.stepLow = grown(this.stepLow, room);
    this.stepHigh = grown(this.stepHigh, room);
  }

  /** Writes the new state that a step leads to at the end of `next`, and settles it. */
  private discover(step: number, i: number, number: number, low: number, high: number): Limit | undefined {
    const { leaves } = this.learner;
    const { next, stride } = this;
    next.reserve();
    next.copyFrom(this.level, i);
    const to = next.rows;
    const target = next.count * stride;
    const { writes } = leaves;
    const end = leaves.writeEnd[step] as number;
    for (let w = leaves.writeStart[step] as number; w < end; w += 2)
      to[target + (writes[w] as number)] = writes[w + 1] as number;
    return this.settle(number, leaves.edge[step] as number, low, high, step);
  }

  /** Judges the new state at the end of `next`, and keeps it where it is inside the constraint. */
  private settle(
    parent: number,
    edge: number,
    low: number,
    high: number,
    step: number | undefined,
  ): Limit | undefined {
    const { judges, next, focusState, constraint } = this;
    this.focusState = parent;
    this.focusEdge = edge;
    const affected = step === undefined ? judges.everyone : judges.affectedBy(step);
    const count = affected.length;
    let inside = true;
    let k = 0;
    if (constraint && count > 0 && judges.all[affected[0] as number] === constraint) {
      inside = judges.ask(constraint, next.rows, next.count * this.stride, this.stride, this.history.size);
      k = 1;
    }
    if (inside && this.full) return 'states';
    for (; k < count; k++) {
      const judge = judges.all[affected[k] as number] as Judge;
      if (judge.closed) continue;
      const answer = judges.ask(judge, next.rows, next.count * this.stride, this.stride, this.history.size);
      if (answer === judge.awaited) this.conclude(judge);
    }
    this.focusState = focusState;
    this.focusEdge = NONE;
    if (!inside) {
      this.outside++;
      return undefined;
    }
    next.low[next.count] = low;
    next.high[next.count] = high;
    next.count++;
    this.history.add(parent, edge);
    if (parent !== History.NO_PARENT) this.distinctBy[this.learner.edgeAction[edge] as number]!++;
    return undefined;
  }

  /** An invariant has fallen in the new state, or a reachable property been reached. */
  private conclude(judge: Judge): void {
    if (judge.place.part === 'reachable') this.reached.set(judge.name, this.focus);
    else this.markInvariant(judge, this.focus);
    this.judges.close(judge.name);
  }

  private get focus(): readonly number[] {
    const path = this.focusState === NONE ? [] : this.history.edgesTo(this.focusState);
    return this.focusEdge === NONE ? path : [...path, this.focusEdge];
  }

  /** Initial states and steps. */
  private get generated(): number {
    return this.generatedBy.reduce((sum, count) => sum + count, this.begun);
  }

  private get full(): boolean {
    return this.options.maxStates !== undefined && this.history.size >= this.options.maxStates;
  }

  private get visits(): number {
    return this.expandedBefore + this.expanded;
  }

  /** Marks an invariant with the parameters that the plain search would name. */
  private markInvariant(judge: Judge, edges: readonly number[]): void {
    const invariant = this.evaluator.model.invariants.find(({ name }) => name === judge.name);
    const at = this.copied({
      row: this.next.rows,
      offset: this.next.count * this.stride,
      width: this.stride,
    });
    const parameters = invariant && this.evaluator.falsifies(invariant, this.plain.of(at));
    if (invariant && parameters === undefined) throw new Fault(notPure(judge.place, this.plain.of(at)));
    this.mark('invariant', judge.name, edges, parameters);
  }

  private markStep(name: string, edge: number): void {
    this.mark('action property', name, [...this.focus, edge]);
    this.stepJudges.close(name);
  }

  /** The leaf that an instance has for state `i`, or 0 where the action has to be run plainly. */
  private learn(plan: Plan, instance: Instance, i: number): number {
    if (plan.fallBack.direct) return 0;
    const { tries } = this.learner;
    this.stale++;
    // A root table may lead to where a node was before it moved.
    const known = tries.walk(tries.words[instance.root] as number, this.level.rows, i * this.stride);
    if (known !== 0) return -known;
    const learned = this.learner.learnAction(instance, this.copied(this.rowAt(i)));
    plan.runs++;
    if (typeof learned === 'object') {
      for (const { kind, place } of learned.events) if (kind === 'read') plan.reads.add(place.cell);
      if (plan.fallBack.miss(this.visits)) this.stale = STALE;
      return learned.leaf;
    }
    plan.fallBack.give(learned);
    this.stale = STALE;
    return 0;
  }

  private regroup(): void {
    for (const plan of this.plans) plan.direct = plan.fallBack.direct;
    this.apart = this.plans.filter((plan) => plan.direct || plan.depends);
    const learned = this.plans.filter((plan) => !plan.direct).flatMap((plan) => plan.instances);
    const { groups, loose } = rootGroups(this.learner.tries, learned);
    this.groups = groups;
    this.loose = loose;
    this.stale = 0;
  }

  private expandDirectly(plan: Plan, i: number, number: number): Limit | boolean {
    const state = this.plain.of(this.rowAt(i));
    let enabled = false;
    for (const parameters of this.evaluator.parametersOf(plan.action.ranges, plan.action.name, state)) {
      const taken = this.takeDirectly(plan, parameters, i, number, state);
      if (taken === true) enabled = true;
      else if (taken !== false) return taken;
    }
    return enabled;
  }

  /** Runs an action's functions on real values. */
  private takeDirectly(
    plan: Plan,
    parameters: Parameters,
    i: number,
    number: number,
    state = this.plain.of(this.rowAt(i)),
  ): Limit | boolean {
    const { evaluator, learner } = this;
    const { cells } = learner;
    if (!evaluator.enabled(plan.action, parameters, state)) return false;
    const instance = learner.instance(plan.action, plan.index, parameters);
    let enabled = false;
    for (const [choice, changes] of evaluator.changesOf(plan.action, parameters, state).entries()) {
      enabled = true;
      const writes = this.writesOf(changes, state, plan.action, parameters);
      const edge = learner.edge(instance, choice);
      this.generatedBy[plan.index]!++;
      this.next.reserve();
      const { level, next, stride } = this;
      const offset = i * stride;
      const target = next.count * stride;
      let low = level.low[i] as number;
      let high = level.high[i] as number;
      for (let c = 0; c < stride; c++) next.rows[target + c] = level.rows[offset + c] as number;
      for (const [cell, local] of writes) {
        const base = cells.keyBase[cell] as number;
        const before = base + (next.rows[target + cell] as number);
        low ^= (cells.keyLow[before] as number) ^ (cells.keyLow[base + local] as number);
        high ^= (cells.keyHigh[before] as number) ^ (cells.keyHigh[base + local] as number);
        next.rows[target + cell] = local;
      }
      if (this.stepJudges.open) {
        const after = { row: next.rows, offset: target, width: stride };
        for (const name of this.stepJudges.failingPlainly(state, this.plain.of(after)))
          this.markStep(name, edge);
      }
      if (!this.seen.add(low, high)) continue;
      const limit = this.settle(number, edge, low, high, undefined);
      if (limit) return limit;
    }
    return enabled;
  }

  private writesOf(
    changes: object,
    state: State,
    action: ModelAction,
    parameters: Parameters,
  ): StepWrites['writes'] {
    this.evaluator.checkChanges(changes, state, action, parameters);
    try {
      return writesOf(this.learner.cells, changes, this.evaluator.variables).writes;
    } catch (error) {
      if (!(error instanceof NotAValueError)) throw error;
      this.evaluator.refuseValues(changes, state, action, parameters);
      throw error;
    }
  }

  private auditLeaf(leaf: number, i: number): void {
    const { leaves, edgeInstance } = this.learner;
    const edge = leaves.edge[leaves.firstStep[leaf] as number] as number;
    this.auditor.compare(
      edgeInstance[edge] as Instance,
      leaf,
      this.copied(this.rowAt(i)),
      this.plain.of(this.rowAt(i)),
    );
  }

  /** Compares all that was learned about state `i` with what the user's functions say. */
  private audit(i: number): void {
    const at = this.rowAt(i);
    const state = this.plain.of(at);
    const { tries } = this.learner;
    this.auditor.timed(this.visits, () => {
      for (const plan of this.plans) {
        if (plan.fallBack.direct) continue;
        const named = plan.depends ? this.chosenIn(plan, i)?.instances : plan.instances;
        if (named === undefined) continue;
        if (plan.depends) this.auditor.compareRange(plan.action, plan.index, named, state);
        for (const instance of named) {
          const pointer = tries.walk(tries.words[instance.root] as number, this.level.rows, i * this.stride);
          if (pointer !== 0) this.auditor.compare(instance, -pointer, this.copied(this.rowAt(i)), state);
        }
      }
      for (const judge of this.judges.all) {
        if (judge.fallBack.direct || this.marked.has(judge.name)) continue;
        const pointer = tries.walk(tries.words[judge.root] as number, this.level.rows, i * this.stride);
        if (pointer !== 0) this.auditor.compareJudge(judge, -pointer, this.copied(this.rowAt(i)), state);
      }
    });
  }

  private rowAt(i: number): RowAt {
    return { row: this.level.rows, offset: i * this.stride, width: this.stride };
  }

  /** A row copied to where learning may bring about new cells without moving it. */
  private copied({ row, offset, width }: RowAt): RowAt {
    const { scratch } = this;
    scratch.fill(0, 0, Math.max(width, this.scratchUsed));
    this.scratchUsed = width;
    for (let c = 0; c < width; c++) scratch[c] = row[offset + c] as number;
    return { row: scratch, offset: 0, width: MOST_CELLS };
  }

  private widen(cells: number): void {
    this.stride = Math.ceil(Math.max(cells, this.stride * 1.25) / 4) * 4;
    this.level.widen(this.stride);
    this.next.widen(this.stride);
  }

  private isFinal(i: number): boolean {
    const { final } = this.evaluator.model;
    if (final === undefined) return false;
    const state = this.plain.of(this.rowAt(i));
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

  /** A search that ended because the user's code is at fault; a run that can't be taken again is left out. */
  private faulted({ details }: Fault): Exploration {
    try {
      return { ...this.finish('fault'), fault: { details, path: this.rowsOf(this.focus) } };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return {
        end: 'fault',
        findings: [],
        reached: new Map(),
        statistics: this.statistics,
        fault: { details, path: [] },
      };
    }
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
      statistics: this.statistics,
    };
  }

  private get statistics(): Statistics {
    return {
      initial: this.evaluator.initial.length,
      distinct: this.history.size,
      generated: this.generated,
      outside: this.outside,
      depth: this.depth + (this.next.count > 0 ? 1 : 0),
      frontier: this.unexpanded(),
      seconds: this.pace.seconds,
      actions: this.plans.map(({ action, index }) => ({
        action: action.name,
        generated: this.generatedBy[index] as number,
        distinct: this.distinctBy[index] as number,
      })),
      learning: learningOf(this.learner, this.plans, this.auditor.calls, {
        distinct: this.history.size,
        generated: this.generated,
        bytes: this.seen.bytes + this.history.bytes,
      }),
    };
  }
}
