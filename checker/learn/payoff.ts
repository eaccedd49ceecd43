import { UNKNOWN_CALL, costOfCalling, costOfLearning, type Run } from './cost';
import { grouped } from '../value/grouped';
import type { Spending } from './spending';

/** Why a function is called every time where tables are nearly full. */
export const TOO_MUCH = 'what was learned takes too much memory';

/** How often a function is asked about the state at hand, and how many cells that reads, where it can be told. */
export interface Questions {
  readonly calls: number;
  readonly noted?: number;
}

/** Decides, by what it takes to learn a function, whether it is better called every time. */
export class Payoff {
  /** Why to call it every time, or null. */
  reason: string | null = null;
  misses = 0;
  /** What all its misses took, and what they did. */
  private learning = 0;
  private noted = 0;
  private asked = 0;
  /** What it is asked about states looked at, misses or not: calls, and cells read. */
  private seen = { calls: 0, noted: 0 };
  /** What there was when learning began, or was tried again. */
  private begun = { learning: 0, misses: 0, visits: 0 };
  /** Which state it was when it was last looked at whether that pays. */
  private lookedAt = 0;
  /** Where it was given up because it didn't: which state that was, and what calling it takes in each that follows. */
  private givenUp: { readonly visits: number; readonly each: number } | undefined;

  constructor(
    private readonly spending: Spending,
    private readonly questions: () => Questions = () => ({ calls: 1 }),
    /** What `visits` counts. */
    private readonly visited = 'states',
  ) {}

  /** Whether to call it every time. */
  get direct(): boolean {
    return this.reason !== null;
  }

  /** What a call of it takes, about. */
  get call(): number {
    const { misses, seen } = this;
    if (misses === 0) return UNKNOWN_CALL;
    const noted = seen.calls > 0 ? seen.noted / seen.calls : this.noted / misses;
    return costOfCalling({ noted, asked: this.asked / misses });
  }

  /** Notes a miss; true where that was one too many. `visited` counts the states, or steps, there have been by now. */
  miss(run: Run, visited: () => number): boolean {
    const { spending } = this;
    const { policy } = spending;
    const cost = costOfLearning(run);
    this.misses++;
    this.learning += cost;
    this.noted += run.noted;
    this.asked += run.asked;
    spending.learned(cost);
    if (this.misses % policy.look !== 0) return false;
    const all = visited();
    const { calls, noted } = this.questions();
    if (noted !== undefined) this.seen = { calls: this.seen.calls + calls, noted: this.seen.noted + noted };
    const visits = all - this.begun.visits;
    const misses = this.misses - this.begun.misses;
    const lately = { misses: policy.look, visits: all - this.lookedAt };
    this.lookedAt = all;
    const learning = this.learning - this.begun.learning;
    if (!policy.givesUp({ misses, learning, visits, calls, call: this.call, lately })) return false;
    this.give(this.tooNew(misses, visits, calls));
    this.givenUp = { visits: all, each: calls * this.call };
    return true;
  }

  /**
   * Tries learning again where calling has taken long enough since it was given up: the first states may have been unlike
   * those that followed, and what has been learned by then is not lost. True where it does. What attempts in vain take
   * together grows with the root of what calling takes.
   */
  again(visits: number): boolean {
    const { givenUp, learning, misses } = this;
    if (givenUp === undefined) return false;
    const calling = (visits - givenUp.visits) * givenUp.each;
    if (!this.spending.policy.triesAgain({ learning, calling })) return false;
    this.reason = null;
    this.givenUp = undefined;
    this.begun = { learning, misses, visits };
    this.lookedAt = visits;
    return true;
  }

  /** Gives up learning. */
  give(reason: string): void {
    this.reason = reason;
    this.givenUp = undefined;
  }

  private tooNew(misses: number, visits: number, calls: number): string {
    const why =
      misses * 2 > visits * calls ? 'most of its answers are new' : 'learning it takes more than calling it';
    return `${why} (${grouped(misses)} new ones in ${grouped(visits)} ${this.visited})`;
  }
}
