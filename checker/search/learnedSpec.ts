import { planOf, type ActionPlan } from '../actions/actionPlan';
import { Instances } from '../actions/instances';
import { Audit } from '../audit/audit';
import { AuditedAnswers } from '../audit/auditedAnswers';
import { KernelHits } from '../audit/kernelHits';
import type { ExploreOptions } from '../exploration';
import { Buffers, LEAF_WORDS } from '../kernel/buffers';
import { Counters } from '../kernel/counters';
import { OUTCOME } from '../kernel/codes';
import { CONTEXT, HEADER, MAIN, ROW } from '../kernel/layout';
import type { Memory } from '../kernel/memory';
import { Growth } from '../learn/growth';
import { Learner, type Instance } from '../learn/learner';
import { PlainStates } from '../learn/plainState';
import { Spending } from '../learn/spending';
import { InternalError } from '../model/engineError';
import type { Evaluator } from '../model/evaluator';
import { Findings } from '../property/findings';
import { Properties } from '../property/properties';
import { Position } from '../store/position';
import type { Standing } from '../store/standing';
import { requireWorthwhile, type Earlier } from './tooFine';

/** Times that the kernel may ask about one state; each time something was learned that it lacked. */
const MOST_QUESTIONS = 1 << 20;

/** How a spec is learned: what of a search's options bears on that, and what an earlier one of it had to tell. */
export type LearningOptions = Pick<
  ExploreOptions,
  'policy' | 'whole' | 'plainly' | 'deadlock' | 'now' | 'workers'
> & { readonly earlier?: Earlier | undefined };

/**
 * What is known of a spec: what its actions do, what its properties say, and why some of its functions are called. It
 * answers three questions about the state that a search stands at: which steps lead out of it, what a state that one
 * leads to is judged to be, and whatever the kernel lacks to go on by itself. All of the user's functions that are learned
 * are run from here. Levels, frontiers and sets of states it knows nothing of.
 */
export class LearnedSpec {
  readonly learner: Learner;
  readonly position: Position;
  readonly plans: readonly ActionPlan[];
  readonly instances: Instances;
  readonly findings: Findings;
  readonly properties: Properties;
  readonly audit: Audit;
  /** What the kernel lists of the state stood at. */
  readonly buffers: Buffers;
  /** Steps taken and states found, by action. */
  readonly counters: Counters;
  /** Initial states looked at. */
  begun = 0;
  readonly spending: Spending;
  readonly growth: Growth;
  /** The main thread's. */
  private readonly context: Int32Array;
  /** The state that the kernel has asked about last, and how often. */
  private asked = { number: -1, times: 0 };

  constructor(
    readonly evaluator: Evaluator,
    readonly memory: Memory,
    private readonly standing: Standing,
    readonly options: LearningOptions,
  ) {
    const { policy, earlier, plainly, deadlock } = options;
    const { actions } = evaluator.model;
    this.context = memory.context(0);
    this.growth = new Growth(standing, evaluator.variables.length);
    const whole = options.whole ?? (earlier !== undefined && !earlier.wholes);
    const learner = new Learner(evaluator, memory, { wholes: whole || earlier?.wholes, rows: this.growth });
    this.learner = learner;
    const plain = new PlainStates(learner);
    const position = (this.position = new Position(standing, plain));
    const spending = (this.spending = new Spending(policy, () => standing.visits));
    const answers = new AuditedAnswers(learner, plain, spending, options.now);
    this.findings = new Findings(learner, standing);
    this.properties = new Properties(learner, position, this.findings, spending, answers);
    this.plans = actions.map((action, index) => planOf(action, index, learner, position, spending));
    this.buffers = new Buffers(memory);
    this.counters = new Counters(memory, actions.length, options.workers ?? 1);
    this.instances = new Instances(learner, this.plans, position, this.buffers, spending.policy);
    for (const { payoff, index } of this.plans) {
      if (plainly) payoff.give('as asked');
      else if (earlier && !earlier.wholes)
        payoff.give(earlier.learning.actions[index]?.plainly ?? earlier.why);
    }
    const hits = new KernelHits(memory, options.workers ?? 1);
    this.audit = new Audit(this.instances, this.properties, position, hits, answers);
    memory.set(HEADER.DEADLOCK, Number(deadlock));
  }

  /**
   * Looks after what is known, between states: what is to be learned again, what is to be sorted anew. Throws `TooFine`
   * where it would have been better to take states apart less finely.
   */
  maintain(): void {
    requireWorthwhile(this);
    this.instances.tryAgain();
    this.sort();
  }

  /** Makes the root tables anew where they are out of date. */
  sort(): void {
    if (this.instances.outdated) this.instances.sort();
  }

  /**
   * Gathers the leaves of all learned instances that are enabled in the state stood at, by rank. False where something had
   * to be learned first: the state is to be begun anew.
   */
  gather(): boolean {
    const { standing, instances } = this;
    let outcome = standing.out.kernel.gather(MAIN, standing.address);
    this.audit.noteHits();
    for (const plan of instances.apart) {
      if (outcome !== OUTCOME.DONE) break;
      if (plan.direct) continue;
      const choice = instances.ranges.instancesIn(plan, this.position.row, standing.visits);
      if (choice === undefined || instances.outdated) return false;
      instances.makeLeavesRoom(choice.instances.length);
      outcome = standing.out.kernel.among(MAIN, standing.address + ROW.CELLS, choice.list);
      this.audit.noteHits();
    }
    if (outcome !== OUTCOME.DONE) this.answer(outcome);
    return outcome === OUTCOME.DONE;
  }

  /**
   * Finds the steps of some of the leaves gathered, which stand in `buffers` until the next ones do, counts them and puts
   * them to the action properties. The outcome is DONE, or what is lacking that is not about the spec: then it is to be
   * done again.
   */
  steps(from: number, to: number): number {
    const { standing } = this;
    for (;;) {
      const outcome = standing.out.kernel.find(MAIN, standing.address, from, to);
      if (outcome !== OUTCOME.DONE && this.answer(outcome, from, to)) continue;
      if (outcome === OUTCOME.DONE) this.context[CONTEXT.STEPS_JUDGED >> 2] = 0;
      return outcome;
    }
  }

  /** Has the kernel take the steps found to states that it doesn't know: DONE, or what is lacking before it goes on. */
  take(): number {
    const { out, address, number } = this.standing;
    return out.kernel.take(MAIN, address, number);
  }

  /** Writes an initial state to `outRow`; its fingerprint, undefined where there are no more. */
  initial(index: number): readonly [low: number, high: number] | undefined {
    const { learner, evaluator, standing } = this;
    const ids = evaluator.initial.at(index);
    if (ids === undefined) return undefined;
    this.begun++;
    const parts = learner.partsOf(ids);
    const { row, offset, width } = standing.out.outRow();
    row.fill(0, offset, offset + width);
    let low = 0;
    let high = 0;
    for (const part of parts) {
      const { cells, locals } = part;
      for (let k = 0; k < cells.length; k++) row[offset + (cells[k] as number)] = locals[k] as number;
      low ^= part.low;
      high ^= part.high;
    }
    return [low, high];
  }

  /** Initial states and steps so far. */
  get generated(): number {
    return this.begun + this.counters.generated;
  }

  /**
   * Judges the new state in `outRow`, signed; `step` led to it, where a learned one did. Whether it is inside the constraint;
   * null where it is and there is no `room` for it.
   */
  judge(step: number | undefined, room: boolean): boolean | null {
    return this.properties.state(step, room, this.standing.distinct);
  }

  /** Judges the state stood at, out of which no step leads. */
  judgeEnd(): void {
    if (this.options.deadlock) this.properties.end(this.position.state());
  }

  /**
   * Learns what the kernel asks about the state stood at; `from` and `to` are the leaves it was told of. False where the
   * question is not about the spec.
   */
  answer(outcome: number, from = 0, to = this.buffers.gathered): boolean {
    this.findings.lookAt(this.standing.number);
    this.count(outcome);
    const subject = this.context[CONTEXT.INSTANCE >> 2] as number;
    switch (outcome) {
      case OUTCOME.MISS:
        this.learn(this.learner.instances[subject] as Instance);
        return true;
      case OUTCOME.RANGE:
        this.instances.ranges.tabulate(
          this.plans[subject] as ActionPlan,
          this.position.row,
          this.standing.visits,
        );
        this.instances.makeLeavesRoom(0);
        return true;
      case OUTCOME.STEPS:
        this.buffers.growFound();
        return true;
      case OUTCOME.STEP_PROPERTY:
        this.judgeSteps(from, to);
        return true;
      case OUTCOME.NO_STEP:
        this.judgeEnd();
        return true;
      default:
        return false;
    }
  }

  private learn(missing: Instance): void {
    for (const { instance, leaf } of this.instances.miss(missing, this.asked.times))
      this.audit.learned(instance, leaf);
  }

  /** Puts the steps of some of the leaves gathered to the action properties. */
  private judgeSteps(from: number, to: number): void {
    const gathered = this.buffers.leaves.slice(LEAF_WORDS * from, LEAF_WORDS * to);
    for (let k = 0; k < gathered.length; k += LEAF_WORDS)
      this.properties.steps(gathered[k] as number, this.position.row, () => this.generated);
    this.context[CONTEXT.STEPS_JUDGED >> 2] = 1;
  }

  private count(outcome: number): void {
    const { number } = this.standing;
    if (this.asked.number !== number) this.asked = { number, times: 0 };
    if (++this.asked.times > MOST_QUESTIONS) throw new InternalError(`the kernel asks ${outcome} for ever`);
  }
}
