import type { Parameters } from '../../spec/index';
import { kernelOn, type Kernel } from '../kernel/kernel';
import { CONTEXT, HEADER, MOST_CONTEXTS, OUTCOME, ROW } from '../kernel/layout';
import { Memory, MemorySpent, Table } from '../kernel/memory';
import type { CellBytes } from '../kernel/source';
import { InternalError, TooManyCells } from '../learn/internalError';
import { Learner, RANKS, type Instance, type RowAt } from '../learn/learner';
import { writesOf, type StepWrites } from '../learn/leaves';
import { PlainStates } from '../learn/plainState';
import type { Evaluator } from '../model/evaluator';
import type { ModelAction, State } from '../model/model';
import { NotAValueError } from '../value/refusal';
import { Agenda, countOf } from './agenda';
import { Auditor } from './auditor';
import { ExactSeen } from './exactSeen';
import type { ExploreOptions, Limit } from './exploration';
import { TOO_MUCH } from './fallBack';
import { Findings } from './findings';
import { Frontier, MAIN } from './frontier';
import { History } from './history';
import { Hits } from './hits';
import { Judging, type Judged } from './judging';
import { defaultMemory, MEGABYTE } from './memoryWatch';
import { planOf, type Plan } from './plan';
import { Roots } from './roots';
import { MOST_CELLS, Scratch } from './scratch';
import { Seen } from './seen';
import { StateRanges } from './stateRanges';
import { Together, type Leftover } from './together';

/** Misses after which the root tables are made anew. */
const STALE = 256;
/** States that the kernel expands at most before it comes back: a few milliseconds' worth. */
const BATCH = 1 << 12;
/** States expanded one by one before time is looked at. */
const FEW = 64;
/** Words of a step found: its fingerprint, its address, and where the fingerprint belongs. */
const FOUND_WORDS = 4;
/** Times that the kernel may ask about one state; each time something was learned that it lacked. */
const MOST_QUESTIONS = 1 << 20;
/** States left in a level from which on several threads are worth waking. */
const TOGETHER_FROM = 1 << 11;
/** States of the first phase that several threads expand, and how long phases should take. */
const FIRST_PHASE = 1 << 14;
const SHORT_PHASE_MS = 25;
const LONG_PHASE_MS = 100;
/** New states without end. */
const UNLIMITED = 0x7fffffff;

/**
 * The expansion of a level, state by state in the order of the plain search. The kernel does what is known; this
 * learns what is not, calls the user's functions where learning does not pay, and judges.
 */
export class Expansion {
  readonly learner: Learner;
  readonly history = new History();
  readonly findings: Findings;
  readonly frontier: Frontier;
  readonly plans: readonly Plan[];
  readonly auditor: Auditor;
  private readonly agenda = new Agenda();
  private readonly together: Together | undefined;
  private renewTogether = false;
  /** States for one phase of several threads. */
  private phaseStates = FIRST_PHASE;
  /** States expanded in such phases. */
  shared = 0;
  /** Initial states looked at. */
  private begun = 0;
  /** States outside the constraint that were judged here; the kernel counts its own. */
  private outsideHere = 0;
  private readonly memory = new Memory();
  private readonly context: Int32Array;
  private readonly scratch = new Scratch();
  private readonly plain: PlainStates;
  private readonly seen: Seen;
  /** In place of `seen` where whole states are compared. */
  private readonly exactSeen: ExactSeen | undefined;
  private readonly roots: Roots;
  private readonly ranges: StateRanges;
  /** For the kernel: the root of the range of each `drawn` plan, and which plan. */
  private readonly ranged = new Table(this.memory, HEADER.RANGED, 16);
  private readonly judging: Judging;
  private readonly hits: Hits;
  private kernel: Kernel;
  private stale = STALE;
  /** The actions whose instances are not in the root tables, in the order declared. */
  private apart: readonly Plan[] = [];
  /** Counts by action, for the kernel and here. */
  private readonly takenBy: BigInt64Array;
  private readonly newBy: BigInt64Array;
  private foundRoom = 0;
  private leavesRoom = 0;
  /** Number of the level's first state. */
  private first = 0;
  private expandedBefore = 0;
  private questions = 0;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly options: ExploreOptions,
  ) {
    const { memory } = this;
    this.context = memory.context(0);
    this.learner = new Learner(evaluator, memory);
    this.frontier = new Frontier(memory);
    this.kernel = kernelOn(memory, this.frontier.cellBytes);
    this.seen = new Seen(memory, this.context);
    if (options.exact) {
      this.exactSeen = new ExactSeen();
      memory.set(HEADER.EXACT, 1);
    }
    const { cells, tries } = this.learner;
    cells.onCell = (place) => this.fit(place.cell + 1, 0);
    cells.onValue = (_place, local) => this.fit(0, local);
    this.fit(cells.count, 0);
    this.findings = new Findings(this.learner, this.history);
    this.plain = new PlainStates(this.learner);
    this.roots = new Roots(memory, tries);
    this.ranges = new StateRanges(
      this.learner,
      memory,
      this.roots,
      this.scratch.copied,
      () => (this.stale = STALE),
    );
    this.judging = new Judging(this.learner, memory, this.frontier, this.findings, this.plain, this.scratch);
    const { model } = evaluator;
    this.plans = model.actions.map((action, index) => planOf(action, index, this.learner));
    this.auditor = new Auditor(this.learner, options.now);
    const counters = (field: number): BigInt64Array => {
      const address = memory.allocate(8 * Math.max(1, model.actions.length));
      this.set(field, address);
      return new BigInt64Array(memory.buffer, address, model.actions.length);
    };
    this.takenBy = counters(CONTEXT.TAKEN_BY);
    this.newBy = counters(CONTEXT.NEW_BY);
    this.makeFoundRoom(64);
    memory.set(HEADER.DEADLOCK, Number(options.deadlock));
    this.set(CONTEXT.LEFT, Math.min(options.maxStates ?? UNLIMITED, UNLIMITED));
    this.set(CONTEXT.UNJUDGED_LEFT, UNLIMITED);
    const threads = Math.min(options.workers ?? 1, MOST_CONTEXTS);
    this.hits = new Hits(memory, threads);
    if (threads > 1) this.together = new Together(memory, this.frontier, threads, model.actions.length);
  }

  /** Lets other threads go; orderly where they are not at work. */
  async release(orderly: boolean): Promise<void> {
    await this.together?.release(orderly);
  }

  /** Puts the initial states into the next level. */
  begin(): Limit | undefined {
    const { learner, evaluator, frontier } = this;
    for (const [index, row] of evaluator.initial.entries()) {
      this.begun++;
      const parts = learner.partsOf(row);
      const to = frontier.outRow();
      to.row.fill(0, to.offset, to.offset + to.width);
      let low = 0;
      let high = 0;
      for (const part of parts) {
        for (const [cell, local] of part.writes) to.row[to.offset + cell] = local;
        low ^= part.low;
        high ^= part.high;
      }
      if (!this.addOut(low, high)) continue;
      frontier.sign(low, high, History.NO_PARENT, index);
      const limit = this.settle(undefined);
      if (limit) return limit;
    }
    return undefined;
  }

  /** Goes on to the next level; false where that has no states. */
  descend(): boolean {
    this.auditHits();
    this.expandedBefore += this.frontier.count;
    this.first = this.history.size;
    this.frontier.descend(this.history);
    this.agenda.begin(this.frontier.count);
    if (this.stale > 0) this.stale = STALE;
    return this.frontier.count > 0;
  }

  /** Whether states of the level are still to be expanded. */
  get unfinished(): boolean {
    return this.agenda.remaining > 0;
  }

  /** Expands some states of the level: those that take a few milliseconds. */
  advance(): Promise<Limit | undefined> | Limit | undefined {
    this.agenda.turn();
    if (this.stale >= STALE) this.sort();
    if (this.togetherPays) return this.expandTogether();
    for (let k = 0; k < FEW && this.agenda.next < this.agenda.end; k++) {
      const limit = this.expandAlone();
      if (limit) return limit;
      if (!this.inTurn) break;
    }
    return undefined;
  }

  /** Whether there is enough for several threads to do that they can do. */
  private get togetherPays(): boolean {
    return (
      this.together !== undefined &&
      this.agenda.remaining >= (this.options.togetherFrom ?? TOGETHER_FROM) &&
      this.apart.length === 0 &&
      this.get(CONTEXT.UNDER_WAY) === 0
    );
  }

  /** Whether states are expanded one by one from here, and not by the kernel in a row. */
  private get inTurn(): boolean {
    return this.apart.length > 0 || this.exactSeen !== undefined;
  }

  private async expandTogether(): Promise<Limit | undefined> {
    const { agenda } = this;
    const together = this.together as Together;
    if (this.renewTogether) {
      this.renewTogether = false;
      await together.renew();
    }
    await together.ready();
    this.auditIfDue();
    if (this.seen.crowded) this.growSeen();
    this.judging.considerAllSteps();
    const stretches = agenda.takeOff(this.phaseStates);
    const start = this.options.now();
    const left = await together.expand(this.kernel, stretches, this.first, this.leavesRoom);
    this.noteHits();
    const took = this.options.now() - start;
    if (took < SHORT_PHASE_MS) this.phaseStates *= 2;
    else if (took > LONG_PHASE_MS && this.phaseStates > FIRST_PHASE) this.phaseStates /= 2;
    this.set(CONTEXT.UNJUDGED_LEFT, UNLIMITED);
    this.shared += countOf(stretches) - countOf(left.untouched) - left.putOff.length;
    // What made the threads stop may be more than they can ever do: the first state they left is done here.
    const [first, ...others] = left.untouched;
    const alone = first ? [...left.putOff, first.from] : left.putOff;
    agenda.putBack(first ? [{ from: first.from + 1, to: first.to }, ...others] : []);
    return this.settleAll(left.unjudged) ?? this.expandEach(alone);
  }

  /** Judges new states that other threads left. */
  private settleAll(unjudged: Leftover['unjudged']): Limit | undefined {
    const steps = unjudged.map(({ step }) => this.learner.leaves.stepAt(step)); // before learning moves them
    for (const [k, { state }] of unjudged.entries()) {
      this.frontier.putBack(state);
      const limit = this.settle(steps[k]);
      if (limit) return limit;
    }
    return undefined;
  }

  private expandEach(indices: readonly number[]): Limit | undefined {
    const { agenda } = this;
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
    if (this.stale >= STALE) this.sort();
    this.auditIfDue();
    const limit = this.inTurn ? this.expandInTurn() : this.expandLearned();
    if (this.agenda.inOrder) this.frontier.passed(this.agenda.next);
    return limit;
  }

  get distinct(): number {
    return this.first + this.frontier.count + this.frontier.nextCount;
  }

  /** Initial states and steps. */
  get generated(): number {
    return this.plans.reduce((sum, { index }) => sum + this.countsOf(index).generated, this.begun);
  }

  get outside(): number {
    return this.outsideHere + this.get(CONTEXT.OUTSIDE) + (this.together?.outside ?? 0);
  }

  get unexpanded(): number {
    return this.agenda.remaining + this.frontier.nextCount;
  }

  /** Steps taken and states found, by action. */
  countsOf(index: number): { readonly generated: number; readonly distinct: number } {
    const { takenBy, newBy, together } = this;
    return {
      generated: Number(takenBy[index]) + (together?.counted(CONTEXT.TAKEN_BY, index) ?? 0),
      distinct: Number(newBy[index]) + (together?.counted(CONTEXT.NEW_BY, index) ?? 0),
    };
  }

  /** What it took to learn the properties. */
  get judged(): readonly Judged[] {
    return this.judging.judged;
  }

  /** Bytes that seen states take: their share of the table, and how they were reached. */
  get bytes(): number {
    return (this.exactSeen ?? this.seen).bytes + this.history.bytes;
  }

  /** Bytes of the search outside of Node's heap. */
  get tableBytes(): number {
    return this.memory.tableBytes + this.memory.chunkBytes + this.seen.bytes;
  }

  /** Puts the state in the frontier's `outRow` into the set of seen ones; false where it was there. */
  private addOut(low: number, high: number): boolean {
    if (this.exactSeen) return this.exactSeen.add(low, high, this.frontier.outRow());
    if (this.seen.full) this.growSeen();
    return this.seen.add(this.kernel, low, high);
  }

  private growSeen(): void {
    const { maxMemory = defaultMemory() } = this.options;
    if (this.tableBytes + this.seen.nextBytes - this.seen.bytes > maxMemory * MEGABYTE)
      throw new MemorySpent('the set of seen states may not grow');
    this.seen.grow(this.kernel);
  }

  private get visits(): number {
    return this.expandedBefore + this.frontier.count - this.agenda.remaining;
  }

  private get(field: number): number {
    return this.context[field >> 2] as number;
  }

  private set(field: number, value: number): void {
    this.context[field >> 2] = value;
  }

  /** Lets the kernel expand states that nothing but learned steps lead out of. */
  private expandLearned(): Limit | undefined {
    const { agenda } = this;
    const { next } = agenda;
    const { address, first, end } = this.frontier.stretchFrom(next);
    const to = Math.min(end, agenda.end, next + BATCH, next + this.auditor.until(this.visits));
    const outcome = this.kernel.run(MAIN, address, next - first, to - first, this.first + first);
    this.noteHits();
    agenda.next = outcome === OUTCOME.DONE ? to : first + this.get(CONTEXT.AT);
    if (agenda.next > next) this.questions = 0;
    return outcome === OUTCOME.DONE ? undefined : this.answer(outcome);
  }

  /**
   * Expands a state out of which steps lead that are not in the root tables, all in the order of the plain
   * search: so both number their states alike and tell the same shortest run.
   */
  private expandInTurn(): Limit | undefined {
    if (!this.gatherAll()) return undefined; // something was learned, and the state is to be begun anew
    const ranks = this.memory.words(this.get(CONTEXT.LEAVES), this.get(CONTEXT.GATHERED) * 2);
    const count = ranks.length / 2;
    let enabled = count > 0;
    let from = 0;
    for (const plan of this.apart.filter(({ direct }) => direct)) {
      let to = from;
      while (to < count && (ranks[2 * to + 1] as number) < plan.index * RANKS) to++;
      const limit = this.takeGathered(from, to);
      if (limit) return limit;
      from = to;
      const taken = this.expandDirectly(plan);
      if (typeof taken === 'string') return taken;
      enabled ||= taken;
    }
    const limit = this.takeGathered(from, count);
    if (limit) return limit;
    if (!enabled) this.judgeEnd();
    this.passOn();
    return undefined;
  }

  /** Gathers the leaves of all learned instances; false where something had to be learned first. */
  private gatherAll(): boolean {
    const row = this.frontier.addressOf(this.agenda.next);
    let outcome = this.kernel.gather(MAIN, row);
    this.noteHits();
    for (const plan of this.apart) {
      if (outcome !== OUTCOME.DONE) break;
      if (plan.direct) continue;
      const choice = this.ranges.instancesIn(plan, () => this.rowHere(), this.visits);
      if (choice === undefined || this.stale >= STALE) return false;
      this.makeLeavesRoom(choice.instances.length);
      outcome = this.kernel.among(MAIN, cellsOf(this.frontier.addressOf(this.agenda.next)), choice.list);
      this.noteHits();
    }
    if (outcome !== OUTCOME.DONE) this.answer(outcome);
    return outcome === OUTCOME.DONE;
  }

  /** Takes the steps of some of the leaves gathered, from the state being expanded. */
  private takeGathered(from: number, to: number): Limit | undefined {
    if (from === to) return undefined;
    for (;;) {
      const outcome = this.kernel.find(MAIN, this.frontier.addressOf(this.agenda.next), from, to);
      if (outcome === OUTCOME.DONE) break;
      this.answer(outcome, from, to);
    }
    if (this.exactSeen) return this.takeExactly();
    for (;;) {
      const row = this.frontier.addressOf(this.agenda.next);
      const outcome = this.kernel.take(MAIN, row, this.first + this.agenda.next);
      if (outcome === OUTCOME.DONE) break;
      const limit = this.answer(outcome);
      if (limit) return limit;
    }
    this.set(CONTEXT.STEPS_JUDGED, 0);
    return undefined;
  }

  /** Takes the steps found that lead to new states, telling states apart by all they are. */
  private takeExactly(): Limit | undefined {
    const { frontier, learner } = this;
    const { leaves } = learner;
    const found = this.memory
      .words(this.get(CONTEXT.FOUND), this.get(CONTEXT.FOUND_COUNT) * FOUND_WORDS)
      .slice();
    this.set(CONTEXT.STEPS_JUDGED, 0);
    for (let k = 0; k < found.length; k += FOUND_WORDS) {
      const [low, high, address] = found.subarray(k, k + FOUND_WORDS) as Iterable<number> as [
        number,
        number,
        number,
      ];
      const step = leaves.stepAt(address);
      const to = frontier.outCopy(this.agenda.next);
      for (const [cell, local] of leaves.writesOf(step)) to.row[to.offset + cell] = local;
      if (!this.addOut(low, high)) continue;
      frontier.sign(low, high, this.first + this.agenda.next, leaves.edgeOf(step));
      const limit = this.settle(step);
      if (limit) return limit;
    }
    return undefined;
  }

  /** Does what the kernel needs to go on with the state being expanded. */
  private answer(outcome: number, from = 0, to = this.get(CONTEXT.GATHERED)): Limit | undefined {
    this.findings.lookAt(this.first + this.agenda.next);
    if (++this.questions > MOST_QUESTIONS) throw new InternalError(`the kernel asks ${outcome} for ever`);
    switch (outcome) {
      case OUTCOME.MISS:
        this.learn(this.learner.instances[this.get(CONTEXT.INSTANCE)] as Instance);
        return undefined;
      case OUTCOME.RANGE: {
        const plan = this.plans[this.get(CONTEXT.INSTANCE)] as Plan;
        this.ranges.tabulate(plan, () => this.rowHere(), this.visits);
        this.makeLeavesRoom(0);
        return undefined;
      }
      case OUTCOME.STEPS:
        this.makeFoundRoom(this.foundRoom * 2);
        return undefined;
      case OUTCOME.STEP_PROPERTY:
        this.judgeSteps(from, to);
        return undefined;
      case OUTCOME.NO_STEP:
        this.judgeEnd();
        this.passOn();
        return undefined;
      case OUTCOME.CROWDED:
        this.growSeen();
        return undefined;
      case OUTCOME.JUDGE:
        return this.settle(this.learner.leaves.stepAt(this.get(CONTEXT.STEP)));
      case OUTCOME.FULL:
        this.frontier.turnOver();
        return undefined;
      default:
        throw new InternalError(`the kernel cannot go on: ${outcome}`);
    }
  }

  private passOn(): void {
    this.agenda.next++;
    this.questions = 0;
  }

  /** The state being expanded has no successor. */
  private judgeEnd(): void {
    if (this.options.deadlock) this.judging.end(this.stateHere());
  }

  /** Puts the steps of some of the leaves gathered to the action properties. */
  private judgeSteps(from: number, to: number): void {
    const gathered = this.memory.words(this.get(CONTEXT.LEAVES), to * 2).slice();
    const { generated } = this;
    for (let k = from; k < to; k++)
      this.judging.steps(gathered[2 * k] as number, () => this.rowHere(), generated);
    this.set(CONTEXT.STEPS_JUDGED, 1);
  }

  /** Judges the new state in the frontier's `outRow`, and keeps it where it is inside the constraint. */
  private settle(step: number | undefined): Limit | undefined {
    const { parent, edge } = this.frontier.signature;
    const inside = this.judging.state(step, this.get(CONTEXT.LEFT) > 0, this.distinct);
    if (inside === null) return 'states';
    if (!inside) {
      this.outsideHere++;
      return undefined;
    }
    this.frontier.keep();
    this.context[CONTEXT.LEFT >> 2]!--;
    if (parent !== History.NO_PARENT) this.newBy[this.learner.edgeAction[edge] as number]!++;
    return undefined;
  }

  /** Learns what an instance does in the state being expanded. */
  private learn(instance: Instance): void {
    const plan = this.plans[instance.actionIndex] as Plan;
    const { tries } = this.learner;
    const { row, offset } = this.rowHere();
    this.stale++;
    // The trie may lack no more than what can be added without the user's code.
    if (tries.walk(tries.words[instance.root] as number, row, offset) !== 0) return;
    const learned = this.memory.crowded ? TOO_MUCH : this.learner.learnAction(instance, this.copiedRow());
    plan.runs++;
    if (typeof learned === 'object') {
      for (const { kind, place } of learned.events) if (kind === 'read') plan.reads.add(place.cell);
      if (plan.fallBack.miss(this.visits)) this.stale = STALE;
      return;
    }
    plan.fallBack.give(learned);
    this.stale = STALE;
  }

  /** Makes the root tables anew. */
  private sort(): void {
    for (const plan of this.plans) plan.direct = plan.fallBack.direct;
    const drawn = this.plans.filter((plan) => !plan.direct && plan.drawn !== null);
    this.apart = this.plans.filter((plan) => plan.direct || (plan.depends && plan.drawn === null));
    this.ranged
      .reserve(drawn.length * 2)
      .set(drawn.flatMap((plan) => [plan.rangeRoots.get(plan.drawn as string) as number, plan.index]));
    this.memory.set(HEADER.RANGED_COUNT, drawn.length);
    const learned = this.plans.filter((plan) => !plan.direct).flatMap((plan) => plan.instances);
    this.roots.sort(learned);
    this.makeLeavesRoom(0);
    this.stale = 0;
  }

  /** Takes an action's steps on real values. */
  private expandDirectly(plan: Plan): Limit | boolean {
    const state = this.stateHere();
    const { evaluator } = this;
    let enabled = false;
    for (const parameters of evaluator.parametersOf(plan.action.ranges, plan.action.name, state)) {
      const taken = this.takeDirectly(plan, parameters, state);
      if (typeof taken === 'string') return taken;
      enabled ||= taken;
    }
    return enabled;
  }

  private takeDirectly(plan: Plan, parameters: Parameters, state: State): Limit | boolean {
    const { evaluator, learner, frontier } = this;
    const { cells } = learner;
    if (!evaluator.enabled(plan.action, parameters, state)) return false;
    const instance = learner.instance(plan.action, plan.index, parameters);
    let enabled = false;
    for (const [choice, changes] of evaluator.changesOf(plan.action, parameters, state).entries()) {
      enabled = true;
      const writes = this.writesOf(changes, state, plan.action, parameters);
      const edge = learner.edge(instance, choice);
      this.takenBy[plan.index]!++;
      const to = frontier.outCopy(this.agenda.next);
      let [low, high] = frontier.fingerprintOf(this.agenda.next);
      for (const [cell, local] of writes) {
        const before = cells.keyOf(cell, to.row[to.offset + cell] as number);
        const after = cells.keyOf(cell, local);
        low ^= before[0] ^ after[0];
        high ^= before[1] ^ after[1];
        to.row[to.offset + cell] = local;
      }
      this.judging.plainStep(state, () => this.plain.of(to), edge);
      if (!this.addOut(low, high)) continue;
      frontier.sign(low, high, this.first + this.agenda.next, edge);
      const limit = this.settle(undefined);
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

  /** Notes the leaves that the kernel came by and that are to be audited. Rows may not have moved since. */
  private noteHits(): void {
    for (const { leaf, instance, row: address } of this.hits.take()) {
      const index = this.frontier.indexAt(address);
      const { row, offset, width } = this.frontier.rowAt(index);
      this.auditor.hit({
        instance: this.learner.instances[instance] as Instance,
        leaf,
        row: Uint32Array.from(row.subarray(offset, offset + width)),
        state: this.first + index,
      });
    }
  }

  /** Compares leaves with what their actions do in states that led to them, as far as there is time. */
  private auditHits(): void {
    for (let hit = this.auditor.nextHit; hit; hit = this.auditor.nextHit) {
      const at = { row: hit.row, offset: 0, width: hit.row.length };
      this.findings.lookAt(hit.state);
      this.auditor.compareHit(hit, this.scratch.copied(at), this.plain.of(at));
    }
  }

  private auditIfDue(): void {
    this.auditHits();
    this.findings.lookAt(this.first + this.agenda.next);
    if (this.auditor.due(this.visits)) this.audit();
  }

  /** Compares all that was learned about the state to be expanded with what the user's functions say. */
  private audit(): void {
    const state = this.stateHere();
    this.auditor.timed(this.visits, () => {
      for (const plan of this.plans) {
        if (plan.fallBack.direct) continue;
        const named = plan.depends
          ? this.ranges.instancesIn(plan, () => this.rowHere(), this.visits)?.instances
          : plan.instances;
        if (named === undefined) continue;
        if (plan.depends) this.auditor.compareRange(plan.action, plan.index, named, state);
        for (const instance of named) {
          const leaf = this.leafAt(instance.root);
          if (leaf === 0) continue;
          this.auditor.compare(instance, leaf, this.copiedRow(), state);
          this.judging.auditSteps(this.auditor, leaf, this.rowHere());
        }
      }
      this.judging.audit(
        this.auditor,
        (root) => this.leafAt(root),
        () => this.copiedRow(),
        state,
      );
    });
  }

  /** The leaf of a trie for the state to be expanded; 0 where there is none. */
  private leafAt(root: number): number {
    const { tries } = this.learner;
    const { row, offset } = this.rowHere();
    return -tries.walk(tries.words[root] as number, row, offset);
  }

  private rowHere(): RowAt {
    return this.frontier.rowAt(this.agenda.next);
  }

  /** The state to be expanded, as real values; rows may move while it is read. */
  private stateHere(): State {
    const { row, offset, width } = this.rowHere();
    return this.plain.of({ row: row.slice(offset, offset + width), offset: 0, width });
  }

  private copiedRow(): RowAt {
    return this.scratch.copied(this.rowHere());
  }

  /** Makes rows wide enough for some cells, and cells for a value. */
  private fit(cells: number, local: number): void {
    if (cells > MOST_CELLS) throw new TooManyCells();
    const { frontier } = this;
    const bytes: CellBytes = local > 0xffff ? 4 : local > 0xff ? 2 : 1;
    if (cells <= frontier.width && bytes <= frontier.cellBytes) return;
    const before = frontier.cellBytes;
    frontier.widen(cells, bytes > before ? bytes : before);
    if (frontier.cellBytes === before) return;
    this.kernel = kernelOn(this.memory, frontier.cellBytes);
    this.renewTogether = true;
  }

  /** Room for the leaves of all instances in the root tables, and some more. */
  private makeLeavesRoom(more: number): void {
    const needed = this.learner.instances.length + more + 64;
    if (needed <= this.leavesRoom) return;
    const room = needed * 2;
    const address = this.memory.allocate(room * 8);
    const gathered = this.get(CONTEXT.GATHERED) * 2;
    if (gathered > 0)
      this.memory.words(address, gathered).set(this.memory.words(this.get(CONTEXT.LEAVES), gathered));
    if (this.leavesRoom > 0) this.memory.free(this.get(CONTEXT.LEAVES), this.leavesRoom * 8);
    this.set(CONTEXT.LEAVES, address);
    this.leavesRoom = room;
  }

  private makeFoundRoom(room: number): void {
    if (this.foundRoom > 0) this.memory.free(this.get(CONTEXT.FOUND), this.foundRoom * 16);
    this.set(CONTEXT.FOUND, this.memory.allocate(room * 16));
    this.set(CONTEXT.FOUND_ROOM, room);
    this.foundRoom = room;
  }
}

function cellsOf(row: number): number {
  return row + ROW.CELLS;
}
