/*
 * What the kernel and the rest of the engine say to each other by number. TypeScript's compiler and AssemblyScript's
 * read this very file: it may hold what means the same to both, and nothing else.
 */

/** Why the kernel hands over to its caller. The first group comes before anything of the state was done. */
export enum OUTCOME {
  DONE,
  /** An instance's trie has no leaf for the state. */
  MISS,
  /** A range's trie has no leaf for the state, or its leaf is out of date. */
  RANGE,
  /** More steps than there is room for. */
  STEPS,
  /** An action property has no answer for a step, or the answer is no. */
  STEP_PROPERTY,
  /** There is no step, and deadlocks are looked for. */
  NO_STEP,
  /** The set of seen states is too crowded, or the list of states not judged too long. */
  CROWDED,
  /** The new state at the end of the chunk is to be judged; to be continued, as all that follow. */
  JUDGE,
  /** The chunk is full. */
  FULL,
  /** The set of seen states has no room where a fingerprint belongs. */
  OVERFULL,
}

/**
 * The kinds of nodes in a trie, in a node's first word. 0 and above: the cell it branches on, and then
 * [cell, room, child of value 0, child of value 1, …].
 */
export enum NODE {
  /** [_, place and side, children known, next]: no child of the place is newer. */
  ITERATED = -1,
  /** [_, fold, next, -]: the same for a predicate's fold. */
  FOLDED = -2,
  /** [_, where to, -, -]: the node needed more room. */
  MOVED = -3,
  /** [_, fold, next, -]: where the branches of an `any` fold that found one meet. */
  JOIN = -4,
}

/** How to take a judge's answer. QUIET: its root is an action property's, asked about a step that changes nothing. */
export enum JUDGE_KIND {
  INVARIANT,
  REACHABLE,
  CONSTRAINT,
  CLOSED,
  DIRECT,
  QUIET,
}

/** What the kernel says of a new state. */
export enum VERDICT {
  INSIDE,
  OUTSIDE,
  IN_DOUBT,
}

/** Where the header stands, and the contexts of threads. */
export const HEADER_BASE = 1024;
export const CONTEXTS = 2048;
export const CONTEXT_BYTES = 256;
/** Tables end and the set of seen states begins here. */
export const SEEN_BASE = 1 << 29;
/** Slots after the last at which a fingerprint can belong: probing need not start over at the first. */
export const SEEN_SLACK = 1024;
/** The logarithm of the bytes of a chunk of states. */
export const PAGE_BITS = 16;

/** Hits that a thread's list has room for. */
export const MOST_HITS = 1 << 10;
/** Entries that a thread's list of filled chunks has room for. */
export const MOST_FILLED = 1 << 16;
/** The value wanted of a member that its range's filter has not been asked about. */
export const UNJUDGED = 0x7fffffff;
