import { CONTEXT, HEADER, MOST_CONTEXTS, OUTCOME, ROW } from '../kernel/layout';
import { Memory } from '../kernel/memory';
import type { CellBytes } from '../kernel/source';
import { InternalError, TooFine } from '../model/engineError';
import { Learner, RANKS, type Instance } from '../learn/learner';
import { PlainStates } from '../learn/plainState';
import type { Evaluator } from '../model/evaluator';
import { Audit } from '../audit/audit';
import { AuditedAnswers } from '../audit/auditedAnswers';
import { Counters } from '../kernel/counters';
import { CalledSteps } from './calledSteps';
import type { ExploreOptions, Learning, Limit } from '../exploration';
import { takeExactly } from './exactSteps';
import { Findings } from '../property/findings';
import { Frontier, MAIN } from '../store/frontier';
import { Predecessors } from '../store/predecessors';
import { Growth } from '../learn/growth';
import { KernelHits } from '../audit/kernelHits';
import { Instances } from '../actions/instances';
import { Properties, type LearnedProperty } from '../property/properties';
import { LEAF_WORDS, Buffers } from '../kernel/buffers';
import { Admission } from './admission';
import { Phases } from './phases';
import { planOf, type ActionPlan } from '../actions/actionPlan';
import { Cursor } from '../store/cursor';
import { RowCopy } from '../store/rowCopy';
import { sparesTooLittle } from '../actions/wholeOrApart';
import { Spending } from '../learn/spending';
import { grouped } from '../value/grouped';
import { LevelThreads, type Leftover } from '../threads/levelThreads';

/** States that the kernel expands at most before it comes back: a few milliseconds' worth. */
const BATCH = 1 << 12;
/** States expanded one by one before time is looked at. */
const FEW = 64;
/** Initial states that are put in before time is looked at. */
const FEW_INITIAL = 16;
/** States from which steps were taken plainly before one knows what share of the instances that is. */
const LEAST_DIRECT = 64;
/** States that may be expanded in vain. */
const MOST_IN_VAIN = 1 << 17;
/** Most cells of a state: beyond, rows take more than there is to gain. */
const MOST_CELLS = 1 << 20;
/** The share of what an action was asked that was new, from which on learning it is in vain where states grow. */
const MOSTLY_NEW = 3 / 4;
/** Times that the kernel may ask about one state; each time something was learned that it lacked. */
const MOST_QUESTIONS = 1 << 20;

/** A search that took variables apart too finely. */
export interface Earlier {
  /** What it has to tell. */
  readonly learning: Learning;
  /** Why it was too fine. */
  readonly why: string;
  /** The paths of the places that are kept whole from now on; undefined where all variables are. */
  readonly wholes?: ReadonlySet<string>;
}

/**
 * The expansion of a level, state by state in the order of the plain search. The kernel does what is known; this
 * learns what is not, has the user's functions called where learning does not pay, and what is new judged.
 */
export class Expansion {
  readonly learner: Learner;
  readonly predecessors = new Predecessors();
  readonly findings: Findings;
  readonly frontier: Frontier;
  readonly plans: readonly ActionPlan[];
  readonly audit: Audit;
  private readonly memory = new Memory();
  /** The main thread's. */
  private readonly context = this.memory.context(0);
  private readonly cursor: Cursor;
  private readonly levelThreads: LevelThreads | undefined;
  private readonly phases: Phases | undefined;
  private readonly buffers: Buffers;
  private readonly instances: Instances;
  private readonly properties: Properties;
  private readonly counters: Counters;
  private readonly admission: Admission;
  private readonly calledSteps: CalledSteps;
  private readonly spending: Spending;
  private readonly growth: Growth;
  /** Initial states looked at, and whether there may be more. */
  begun = 0;
  beginning = true;
  /** Questions of the kernel about the state being expanded. */
  private questions = 0;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly options: ExploreOptions,
    earlier: Earlier | undefined,
  ) {
    const { memory } = this;
    const { actions } = evaluator.model;
    const whole = options.whole ?? (earlier !== undefined && !earlier.wholes);
    const learner = (this.learner = new Learner(evaluator, memory, whole, earlier?.wholes));
    this.growth = new Growth(learner.cells, learner.leaves);
    const frontier = (this.frontier = new Frontier(memory));
    const plain = new PlainStates(learner);
    const cursor = (this.cursor = new Cursor(frontier, plain, new RowCopy()));
    const spending = (this.spending = new Spending(options.policy, () => cursor.visits));
    const answers = new AuditedAnswers(learner, plain, spending, options.now);
    this.findings = new Findings(learner, this.predecessors);
    this.properties = new Properties(learner, cursor, this.findings, spending, answers);
    const threads = Math.min(options.workers ?? 1, MOST_CONTEXTS);
    const kernelHits = new KernelHits(memory, threads);
    if (threads > 1) {
      this.levelThreads = new LevelThreads(memory, frontier, threads);
      this.phases = new Phases(this.levelThreads, cursor, options);
    }
    this.counters = new Counters(memory, actions.length, threads);
    this.admission = new Admission(learner, cursor, this.properties, this.counters, options);
    this.calledSteps = new CalledSteps(learner, cursor, this.admission, spending);
    const { cells } = learner;
    cells.onCell = (place) => {
      this.fit(place.cell + 1, 0);
      this.growth.appeared(cursor.visits);
    };
    cells.onValue = (_place, local) => this.fit(0, local);
    this.fit(cells.count, 0);
    this.plans = actions.map((action, index) => planOf(action, index, learner, cursor, spending));
    this.buffers = new Buffers(memory);
    this.instances = new Instances(learner, this.plans, cursor, this.buffers, spending.policy);
    for (const { payoff, index } of this.plans) {
      if (options.plainly) payoff.give('as asked');
      else if (earlier && !earlier.wholes)
        payoff.give(earlier.learning.actions[index]?.plainly ?? earlier.why);
    }
    this.audit = new Audit(this.instances, this.properties, cursor, kernelHits, answers);
    memory.set(HEADER.DEADLOCK, Number(options.deadlock));
  }

  /** Lets other threads go; orderly where they are not at work. */
  async release(orderly: boolean): Promise<void> {
    await this.levelThreads?.release(orderly);
  }

  /** Puts some more initial states into the next level: as many as take about a millisecond. */
  begin(): Limit | undefined {
    const { learner, evaluator, frontier } = this;
    for (let k = 0; k < FEW_INITIAL; k++) {
      this.findings.lookAt(Predecessors.NO_PARENT);
      const index = this.begun;
      const row = evaluator.initial.at(index);
      if (row === undefined) {
        this.beginning = false;
        return undefined;
      }
      this.begun++;
      const parts = learner.partsOf(row);
      const to = frontier.outRow();
      to.row.fill(0, to.offset, to.offset + to.width);
      let low = 0;
      let high = 0;
      for (const part of parts) {
        const { cells, locals } = part;
        for (let k = 0; k < cells.length; k++) to.row[to.offset + (cells[k] as number)] = locals[k] as number;
        low ^= part.low;
        high ^= part.high;
      }
      if (!this.admission.add(low, high)) continue;
      frontier.sign(low, high, Predecessors.NO_PARENT, index);
      const limit = this.settle(undefined);
      if (limit) return limit;
    }
    return undefined;
  }

  /** Goes on to the next level; false where that has no states. */
  descend(): boolean {
    const { frontier, predecessors } = this;
    predecessors.catchUp();
    this.cursor.first += frontier.count;
    frontier.descend();
    predecessors.owe(() => frontier.record(predecessors));
    this.cursor.agenda.begin(frontier.count);
    this.instances.levelBegins(frontier.count);
    return frontier.count > 0;
  }

  /** The search is over, with all states seen or not. Throws `Fault`. */
  end(exhausted: boolean): void {
    this.predecessors.catchUp();
    this.audit.atEnd(exhausted);
  }

  /** Whether states of the level are still to be expanded. */
  get unfinished(): boolean {
    return this.cursor.agenda.remaining > 0;
  }

  /** Expands some states of the level: those that take a few milliseconds. */
  advance(): Promise<Limit | undefined> | Limit | undefined {
    const { agenda } = this.cursor;
    agenda.turn();
    if (this.mostlyPlain) throw new TooFine('most others are called every time');
    this.watchGrowth();
    this.instances.tryAgain();
    if (this.instances.outdated) this.instances.sort();
    if (this.phases?.pays && this.instances.apart.length === 0 && this.get(CONTEXT.UNDER_WAY) === 0)
      return this.expandTogether(this.phases);
    for (let k = 0; k < FEW && agenda.next < agenda.end; k++) {
      this.audit.compareHits();
      const limit = this.expandAlone();
      if (limit) return limit;
      if (!this.inTurn) break;
    }
    return undefined;
  }

  get distinct(): number {
    return this.cursor.distinct;
  }

  /** Initial states and steps. */
  get generated(): number {
    return this.begun + this.counters.generated;
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

  /** Steps taken and states found, by action. */
  countsOf(index: number): { readonly generated: number; readonly distinct: number } {
    return this.counters.of(index);
  }

  /** What it took to learn the properties. */
  get judged(): readonly LearnedProperty[] {
    return this.properties.judged;
  }

  /** Bytes that seen states take: their share of the table, and how they were reached. */
  get bytes(): number {
    return this.admission.bytes + this.predecessors.bytes;
  }

  /** Bytes of the search outside of Node's heap. */
  get tableBytes(): number {
    return this.admission.tableBytes;
  }

  /** Whether it would have been better to keep variables whole, and isn't too late for that. */
  private get mostlyPlain(): boolean {
    const { learner, calledSteps, cursor, plans } = this;
    if (calledSteps.states < LEAST_DIRECT || cursor.visits > MOST_IN_VAIN) return false;
    if (learner.cells.whole || this.options.whole === false) return false;
    const asked = learner.instances.map(({ actionIndex }) => {
      const { direct, payoff } = plans[actionIndex] as ActionPlan;
      return { direct, cost: payoff.call };
    });
    const spared = asked.filter(({ direct }) => !direct);
    if (calledSteps.asked <= spared.length * calledSteps.states) return false;
    return sparesTooLittle([...asked, ...this.properties.asked], this.spending.policy);
  }

  /**
   * Ends the search where cells keep appearing: to begin anew with what grows kept whole; with all variables, where what
   * every action does has been new nearly every time.
   */
  private watchGrowth(): void {
    const { growth, learner, options, cursor, plans, distinct } = this;
    if (learner.cells.whole || options.whole === false) return;
    const { visits } = cursor;
    const places = growth.tooMuch(distinct);
    if (!places) return;
    const why = 'states keep getting parts that there never were';
    for (const { payoff, runs, instances, depends } of plans)
      if (!depends && runs >= visits * instances.length * MOSTLY_NEW) payoff.give(why);
    throw new TooFine(why, plans.every(({ payoff }) => payoff.direct) ? undefined : places);
  }

  private async expandTogether(phases: Phases): Promise<Limit | undefined> {
    const { agenda } = this.cursor;
    await phases.ready();
    this.audit.beforeState();
    await this.admission.growAhead((...of) => phases.levelThreads.move(...of));
    this.properties.considerAllSteps();
    const left = await phases.run(this.frontier.kernel, this.buffers.leavesRoom, (states) => {
      this.predecessors.catchUp();
      this.audit.compareBeside(states);
    });
    this.audit.afterwards();
    this.audit.noteHits();
    this.admission.judgeAll();
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
    if (this.instances.outdated) this.instances.sort();
    this.predecessors.catchUp(); // before the chunk of the states passed serves again
    this.audit.beforeState();
    const limit = this.inTurn ? this.expandInTurn() : this.expandLearned();
    if (agenda.inOrder) this.frontier.passed(agenda.next);
    return limit;
  }

  /** Whether states are expanded one by one from here, and not by the kernel in a row. */
  private get inTurn(): boolean {
    return this.instances.apart.length > 0 || this.admission.exact;
  }

  /** Lets the kernel expand states that nothing but learned steps lead out of. */
  private expandLearned(): Limit | undefined {
    const { agenda } = this.cursor;
    const { next } = agenda;
    const { address, first, end } = this.frontier.stretchFrom(next);
    const to = Math.min(end, agenda.end, next + BATCH, next + this.audit.untilSample);
    const number = this.cursor.first + first;
    const outcome = this.frontier.kernel.run(MAIN, address, next - first, to - first, number);
    this.audit.noteHits();
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
    const { leaves: ranks, gathered: count } = this.buffers;
    let enabled = count > 0;
    let from = 0;
    for (const plan of this.instances.apart.filter(({ direct }) => direct)) {
      let to = from;
      while (to < count && (ranks[LEAF_WORDS * to + 1] as number) < plan.index * RANKS) to++;
      const limit = this.takeGathered(from, to);
      if (limit) return limit;
      from = to;
      const taken = this.calledSteps.take(plan);
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
    const { cursor } = this;
    let outcome = this.frontier.kernel.gather(MAIN, cursor.address);
    this.audit.noteHits();
    for (const plan of this.instances.apart) {
      if (outcome !== OUTCOME.DONE) break;
      if (plan.direct) continue;
      const choice = this.instances.ranges.instancesIn(plan, cursor.row, cursor.visits);
      if (choice === undefined || this.instances.outdated) return false;
      this.instances.makeLeavesRoom(choice.instances.length);
      outcome = this.frontier.kernel.among(MAIN, cursor.address + ROW.CELLS, choice.list);
      this.audit.noteHits();
    }
    if (outcome !== OUTCOME.DONE) this.answer(outcome);
    return outcome === OUTCOME.DONE;
  }

  /** Takes the steps of some of the leaves gathered, from the state being expanded. */
  private takeGathered(from: number, to: number): Limit | undefined {
    const { cursor } = this;
    if (from === to) return undefined;
    for (;;) {
      const outcome = this.frontier.kernel.find(MAIN, cursor.address, from, to);
      if (outcome === OUTCOME.DONE) break;
      this.answer(outcome, from, to);
    }
    if (this.admission.exact) {
      this.set(CONTEXT.STEPS_JUDGED, 0);
      return takeExactly(this.buffers, this.learner, cursor, this.admission);
    }
    for (;;) {
      const outcome = this.frontier.kernel.take(MAIN, cursor.address, cursor.number);
      if (outcome === OUTCOME.DONE) break;
      const limit = this.answer(outcome);
      if (limit) return limit;
    }
    this.set(CONTEXT.STEPS_JUDGED, 0);
    return undefined;
  }

  /** Does what the kernel needs to go on with the state being expanded. */
  private answer(outcome: number, from = 0, to = this.buffers.gathered): Limit | undefined {
    const { cursor } = this;
    this.findings.lookAt(cursor.number);
    if (++this.questions > MOST_QUESTIONS) throw new InternalError(`the kernel asks ${outcome} for ever`);
    switch (outcome) {
      case OUTCOME.MISS:
        this.learn(this.learner.instances[this.get(CONTEXT.INSTANCE)] as Instance);
        return undefined;
      case OUTCOME.RANGE: {
        const plan = this.plans[this.get(CONTEXT.INSTANCE)] as ActionPlan;
        this.instances.ranges.tabulate(plan, cursor.row, cursor.visits);
        this.instances.makeLeavesRoom(0);
        return undefined;
      }
      case OUTCOME.STEPS:
        this.buffers.growFound();
        return undefined;
      case OUTCOME.STEP_PROPERTY:
        this.judgeSteps(from, to);
        return undefined;
      case OUTCOME.NO_STEP:
        this.judgeEnd();
        this.passOn();
        return undefined;
      case OUTCOME.CROWDED:
        this.admission.grow();
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

  private learn(missing: Instance): void {
    for (const { instance, leaf } of this.instances.miss(missing, this.questions))
      this.audit.learned(instance, leaf);
  }

  private passOn(): void {
    this.cursor.agenda.next++;
    this.questions = 0;
  }

  /** The state being expanded has no successor. */
  private judgeEnd(): void {
    if (this.options.deadlock) this.properties.end(this.cursor.state());
  }

  /** Puts the steps of some of the leaves gathered to the action properties. */
  private judgeSteps(from: number, to: number): void {
    const gathered = this.buffers.leaves.slice(LEAF_WORDS * from, LEAF_WORDS * to);
    for (let k = 0; k < gathered.length; k += LEAF_WORDS)
      this.properties.steps(gathered[k] as number, this.cursor.row, () => this.generated);
    this.set(CONTEXT.STEPS_JUDGED, 1);
  }

  /** Judges the new state in the frontier's `outRow`, and keeps it where it is inside the constraint. */
  private settle(step: number | undefined): Limit | undefined {
    return this.admission.settle(step);
  }

  /** Makes rows wide enough for some cells, and cells for a value. */
  private fit(cells: number, local: number): void {
    if (cells > MOST_CELLS) throw new TooFine(`a state has over ${grouped(MOST_CELLS)} parts`);
    const { frontier } = this;
    const bytes: CellBytes = local > 0xffff ? 4 : local > 0xff ? 2 : 1;
    if (cells <= frontier.width && bytes <= frontier.cellBytes) return;
    const before = frontier.cellBytes;
    frontier.widen(cells, bytes > before ? bytes : before);
    if (frontier.cellBytes === before) return;
    this.phases?.outdate();
  }

  private get(field: number): number {
    return this.context[field >> 2] as number;
  }

  private set(field: number, value: number): void {
    this.context[field >> 2] = value;
  }
}
