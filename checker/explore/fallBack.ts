/** Milliseconds that learning a function may take beyond what calling it in every state would have. */
const PATIENCE = 150;
/** The same where more of what it is asked is new than is known, and every instance has had its firsts. */
const IMPATIENCE = 25;
const FIRSTS_EACH = 16;
/** Learning is tried again when the search has gone on for so many times as long as it has taken so far. */
const AGAIN = 5;
/** Misses after which that is looked at. */
const LOOK = 512;
/** Misses of every instance, and the share of all that was asked, from which on there's no need to wait for more. */
const MISSES_EACH = 128;
const HOPELESS = 0.95;

/** Why a function is called every time where tables are nearly full. */
export const TOO_MUCH = 'what was learned takes too much memory';

/** Why an action is called every time where most are. */
export const AS_OTHERS = 'most others are called every time';

/**
 * What the plain search would do about the state at hand, to see what it takes: it can be done over and over, and
 * gives the number of calls.
 */
export type Plainly = () => () => number;

/** Decides, by what it takes to learn a function, whether it is better called every time. */
export class FallBack {
  /** Why to call it every time, or null. */
  reason: string | null = null;
  misses = 0;
  /** Milliseconds spent on learning, and the least that one state took plainly. */
  private spent = 0;
  private plain = Infinity;
  /** Which state it was when that was looked at last. */
  private lookedAt = 0;
  /** What there was when learning began, or was tried again. */
  private begun = { spent: 0, misses: 0, visits: 0 };
  /** When it was given up for what it takes. */
  private givenUp: number | undefined;

  constructor(
    private readonly now: () => number,
    private readonly plainly: Plainly,
  ) {}

  /** Whether to call it every time. */
  get direct(): boolean {
    return this.reason !== null;
  }

  /** Runs what learns something of the function, and notes how long that takes. */
  learn<R>(run: () => R): R {
    const start = this.now();
    const result = run();
    this.spent += this.now() - start;
    return result;
  }

  /** Notes a miss; true where that was one too many. `visited` counts the states, or steps, there have been by now. */
  miss(visited: () => number): boolean {
    this.misses++;
    if (this.misses % LOOK !== 0) return false;
    const visits = visited();
    const calls = this.measure();
    const mostlyNew = LOOK * 2 > (visits - this.lookedAt) * calls;
    this.lookedAt = visits;
    const spent = this.spent - this.begun.spent;
    const misses = this.misses - this.begun.misses;
    const states = visits - this.begun.visits;
    const patience = mostlyNew && misses >= FIRSTS_EACH * calls ? IMPATIENCE : PATIENCE;
    const late = spent - states * this.plain > patience;
    const hopeless = misses >= MISSES_EACH * calls && misses > HOPELESS * states * calls;
    if (!late && !hopeless) return false;
    this.give('reads too much: most of its answers are new');
    this.givenUp = this.now();
    return true;
  }

  /**
   * Tries learning again where it was given up long enough ago: the machine may have been busy, or the first states
   * unlike those that followed, and what has been learned by then is not lost. True where it does. What attempts in vain
   * take together grows with the root of the time.
   */
  again(visits: number): boolean {
    if (this.givenUp === undefined || this.now() - this.givenUp < AGAIN * this.spent) return false;
    this.reason = null;
    this.givenUp = undefined;
    this.begun = { spent: this.spent, misses: this.misses, visits };
    this.lookedAt = visits;
    return true;
  }

  /** Gives up learning. */
  give(reason: string): void {
    this.reason = reason;
    this.givenUp = undefined;
  }

  /** The calls that the state at hand takes; the second time they are made tells how long they take. */
  private measure(): number {
    const call = this.plainly();
    call();
    const start = this.now();
    const calls = call();
    this.plain = Math.min(this.plain, this.now() - start);
    return Math.max(1, calls);
  }
}
