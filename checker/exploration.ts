import type { Parameters } from '../spec/index';
import type { Evaluator } from './model/evaluator';
import type { FaultDetails } from './model/fault';
import type { PropertyKindName } from './model/propertyKinds';
import type { Policy } from './learn/policy';
import type { Run } from './trace/run';

/** Why a search may end before the space is exhausted. */
export type Limit = 'states' | 'depth' | 'seconds' | 'memory' | 'aborted';

export interface ExploreOptions {
  /** End *incomplete* when one more distinct state than this is found. */
  readonly maxStates?: number;
  /** States at this depth are not expanded; an initial state has depth 1. */
  readonly maxDepth?: number;
  readonly maxSeconds?: number;
  /** Whether a state without successor that is not final is a violation. */
  readonly deadlock: boolean;
  /** Search on after a violation, until every property has one or the space is exhausted. */
  readonly keepGoing: boolean;
  /** End *incomplete* when the search takes more megabytes than this. */
  readonly maxMemory?: number;
  /** Compare whole states and not just their fingerprints: in one thread, and several times as slow. */
  readonly exact?: boolean;
  /** Threads that expand states, this one included. Default 1. */
  readonly workers?: number;
  /** States left in a level from which on other threads help; smaller levels are expanded sooner by one. */
  readonly togetherFrom?: number;
  /** Keep each variable whole from the start, or never (false); else the search does so where learning does not pay. */
  readonly whole?: boolean;
  /** By what it is decided whether something pays; by counts where absent. */
  readonly policy?: Policy;
  /** Call actions in every state from the start. */
  readonly plainly?: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds from an arbitrary origin. */
  readonly now: () => number;
  readonly onProgress?: (progress: Progress) => void;
}

/** A search under way. */
export interface Progress {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  /** Distinct states not expanded yet. */
  readonly frontier: number;
  readonly seconds: number;
}

/** What became of one action over the whole search. */
export interface ActionCount {
  readonly action: string;
  /** Steps it took. */
  readonly generated: number;
  /** Steps that led to a state not seen before. */
  readonly distinct: number;
}

/** Counts of a search. TLC's meanings. */
export interface Statistics {
  readonly initial: number;
  /** Different states within the constraint. */
  readonly distinct: number;
  /** Initial states plus steps taken, to old and new states alike. */
  readonly generated: number;
  /** Different states outside the constraint: checked, not expanded, not in `distinct`. */
  readonly outside: number;
  /** Number of states on the longest of the shortest runs. */
  readonly depth: number;
  /** Distinct states left unexpanded; 0 where the space was exhausted. */
  readonly frontier: number;
  readonly seconds: number;
  readonly actions: readonly ActionCount[];
  /** How the search learned; absent for the plain search, which does not. */
  readonly learning?: Learning;
}

/** What a learned search called of the user's code, and what it kept. */
export interface Learning {
  /** Calls of the spec's functions to learn what they do. */
  readonly calls: number;
  /** Calls to compare what was learned with what they do. */
  readonly audits: number;
  /** Seconds that took. */
  readonly auditSeconds: number;
  /** Answers that were to be audited, and that the run had no time to audit even once. */
  readonly unaudited: number;
  /** Cells that states have. */
  readonly cells: number;
  /** Whether each cell is a whole variable, since learning what parts of them decide would not have paid. */
  readonly whole: boolean;
  /** Bytes a distinct state: its fingerprint's share of the table, and how it was reached. */
  readonly bytesAState: number;
  /**
   * Probability that two states shared a fingerprint and one was missed, as TLC estimates it: over 64 bits,
   * distinct states times steps to states seen before. 0 where whole states were compared.
   */
  readonly missed: number;
  /** Whether whole states were compared. */
  readonly exact: boolean;
  /** States that were expanded by several threads at once. */
  readonly shared: number;
  readonly actions: readonly ActionLearning[];
  readonly properties: readonly PropertyLearning[];
}

/** What it took to learn a part of the spec. */
export interface PartLearning {
  /** Tracked runs: what it did or answered that was new. */
  readonly runs: number;
  /** Cells it has read, by name, `rows.i1`; at most the first 24. */
  readonly reads: readonly string[];
  /** How many cells it has read. */
  readonly cells: number;
  /** Why it is run plainly; null where it is learned. */
  readonly plainly: string | null;
}

/** What it took to learn one action: steps, and refusals of its guard. */
export interface ActionLearning extends PartLearning {
  readonly action: string;
}

/** What it took to learn one property, with all its parameters, or the constraint. */
export interface PropertyLearning extends PartLearning {
  /** The property's name; `constraint` for the constraint. */
  readonly property: string;
}

export type FindingKind = PropertyKindName | 'deadlock';

/** A property that fell. Its run leads from an initial state to the state (or through the step) that broke it. */
export interface Finding {
  readonly kind: FindingKind;
  /** The property's name; `deadlock` for a deadlock. */
  readonly property: string;
  readonly parameters?: Parameters;
  readonly run: Run;
}

/** What a search found out, before traces are rebuilt and words put to it. */
export interface Exploration {
  readonly end: 'exhausted' | 'violation' | 'fault' | Limit;
  /** At most one a property, by increasing length of run. */
  readonly findings: readonly Finding[];
  /** Reachable property → a shortest run to a state that satisfies it. */
  readonly reached: ReadonlyMap<string, Run>;
  readonly statistics: Statistics;
  /** Whether several threads came to states in an order of their own. */
  readonly unordered?: boolean;
  /** Where `memory` ended it: whether it was not `maxMemory`, but Node's heap or the room for tables. */
  readonly noRoom?: boolean;
  /** Where the user's code was at fault; its run ends in the state concerned, and is absent for init. */
  readonly fault?: {
    readonly details: FaultDetails;
    readonly run?: Run | undefined;
    /** Whether a function had not come back there. */
    readonly unanswered?: boolean;
  };
}

/** One way of searching. All ways visit the same states level by level and so give the same counts and verdicts. */
export type Explore = (evaluator: Evaluator, options: ExploreOptions) => Promise<Exploration>;
