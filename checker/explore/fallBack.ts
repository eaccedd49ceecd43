/** A miss costs about this many plain calls: the tracked run, and putting down what it read. */
const COST_OF_A_MISS = 4;
const WINDOW = 512;
const BAD_WINDOWS = 3;

/** Why a function is called every time where tables are nearly full. */
export const TOO_MUCH = 'what was learned takes too much memory';

/** Decides, by its measured misses, whether a function is better called every time than learned. */
export class FallBack {
  /** Whether to call it. Never goes back to false: what was learned is out of date. */
  direct = false;
  /** Why, for the statistics. */
  reason: string | null = null;
  misses = 0;
  private since = 0;
  private bad = 0;

  constructor(
    /** Plain calls that one visited state would take. */
    private readonly callsAState: number,
  ) {}

  /** Notes a miss in the `visits`-th state; true where that was one too many. */
  miss(visits: number): boolean {
    this.misses++;
    if (this.misses % WINDOW !== 0) return false;
    const plain = (visits - this.since) * this.callsAState;
    this.since = visits;
    this.bad = WINDOW * COST_OF_A_MISS > plain ? this.bad + 1 : 0;
    if (this.bad < BAD_WINDOWS) return false;
    this.give('reads too much: most of its answers are new');
    return true;
  }

  /** Gives up learning. */
  give(reason: string): void {
    this.direct = true;
    this.reason = reason;
  }
}
