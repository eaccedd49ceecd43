/** What is known of learning a function since that began, or was taken up again. Costs are in the units of cost.ts. */
export interface Tally {
  /** Tracked runs, each for something that was new. */
  readonly misses: number;
  /** What those took. */
  readonly learning: number;
  /** States (for what is asked of steps: steps) there have been. */
  readonly visits: number;
  /** How often it is asked about one of them. */
  readonly calls: number;
  /** What calling it once takes. */
  readonly call: number;
  /** Misses and visits since this was looked at last. */
  readonly lately: { readonly misses: number; readonly visits: number };
}

/** A function that was given up: all that learning it ever took, and what calling it has taken since. */
export interface GivenUp {
  readonly learning: number;
  readonly calling: number;
}

/** What auditing may take: so much in any run, however short; that share of the run where that is more. */
export interface Allowance {
  readonly atLeast: number;
  readonly share: number;
}

/** Whether something pays, decided by counts alone: so a run does the same work, and says the same, each time. */
export interface Policy {
  /** After how many misses it is looked at whether learning a function pays. */
  readonly look: number;
  /** Whether a function is better called every time. */
  givesUp(tally: Tally): boolean;
  /** Whether one that was given up is tried again. */
  triesAgain(past: GivenUp): boolean;
  /** Whether variables had better be kept whole: what calls learning spares in a state, and what is called all the same. */
  keepsWhole(spared: number, called: number): boolean;
  /** Whether the root tables are made anew after so many misses, of all those there have been. */
  sortsAnew(since: number, misses: number): boolean;
  /** Comparing the first hits of leaves, what has just been learned, and whole states. */
  readonly hits: Allowance;
  readonly learned: Allowance;
  readonly states: Allowance;
}

/** What learning a function may take beyond what calling it in every state would have. */
const PATIENCE = 25_000;
/** The same where more of what it is asked is new than is known, and every instance has had its firsts. */
const IMPATIENCE = 4_000;
const FIRSTS_EACH = 16;
/** Misses of every instance, and the share of all that was asked, from which on there's no need to wait for more. */
const MISSES_EACH = 128;
const HOPELESS = 0.95;
/** Learning is tried again when calling has taken so many times as much as learning ever did. */
const AGAIN = 2;
/** Taking states apart costs what is called in every state about half as much again. */
const OVERHEAD = 0.5;
/** Misses after which the root tables are made anew, and what share of all those must be. */
const STALE = 256;
const STALE_SHARE = 1 / 4;

export const POLICY: Policy = {
  look: 512,
  givesUp: ({ misses, learning, visits, calls, call, lately }) => {
    const mostlyNew = lately.misses * 2 > lately.visits * calls;
    const patience = mostlyNew && misses >= FIRSTS_EACH * calls ? IMPATIENCE : PATIENCE;
    const late = learning - visits * calls * call > patience;
    return late || (misses >= MISSES_EACH * calls && misses > HOPELESS * visits * calls);
  },
  triesAgain: ({ learning, calling }) => calling >= AGAIN * learning,
  keepsWhole: (spared, called) => spared <= called * OVERHEAD,
  sortsAnew: (since, misses) => since >= Math.max(STALE, misses * STALE_SHARE),
  hits: { atLeast: 10_000, share: 0.01 },
  learned: { atLeast: 5_000, share: 0.005 },
  states: { atLeast: 2_000, share: 0.004 },
};
