import { CONTEXT_BYTES, CONTEXTS, HEADER_BASE, PAGE_BITS } from './codes';

/**
 * Where things stand in the memory that the kernel and the rest of the engine share. Addresses and sizes are in
 * bytes. From the bottom up: the header, the contexts of the threads, the tables; from `SEEN_BASE` up the set
 * of seen states; from the top down the chunks of states. The kernel's classes (`assembly/`) name the same places: a
 * test holds one against the other, by name.
 */

function fields<const N extends readonly string[]>(
  first: number,
  names: N,
  size = 4,
): { readonly [K in N[number]]: number } {
  return Object.fromEntries(names.map((name, k) => [name, first + k * size])) as never;
}

/** Bytes of a cell in the states of a level. */
export type CellBytes = 1 | 2 | 4;

/** Words that all threads read; the main thread writes them while the others rest. */
export const HEADER = fields(HEADER_BASE, [
  // Addresses of tables, each kept up to date by the `Table` of that name.
  'WORDS',
  'PAIR_WORDS',
  'KEYS',
  'KEY_BASE',
  'FIRST_STEP',
  'STEPS',
  'CHILD_COUNTS',
  'CHILDREN',
  'FOLDS',
  'PAIR_FOLDS',
  'FRESH',
  'JUDGES',
  'ROOTS',
  'PAIR_JUDGES',
  'RANGES',
  'FREE_CHUNKS',
  'RANGED',
  'RANGE_LEAVES',
  // And numbers.
  'RANGED_COUNT',
  'PAIR_JUDGE_COUNT',
  'DEADLOCK',
  'EXACT',
  'STRIDE',
  'CHUNK_ROOM',
  'CHUNK_PAGES',
  'SEEN_ROOM',
  'SEEN_END',
  'PREFETCH',
  'RANGE_COUNT',
  // Whether threads move fingerprints in a table that has become larger, in place of expanding states.
  'MOVING',
  // Counters that threads share.
  'NEXT_RANGE',
  'FREE_COUNT',
  'TOP',
  'FLOOR',
  'PHASE',
  'BUSY',
  'READY',
  'FAILED',
  'STOP',
] as const);

/** What a thread knows of the state it expands: offsets in its context. */
export const CONTEXT = fields(0, [
  // Scratch tables: leaves gathered (leaf, rank), steps (fingerprint, step, slot), counters by action.
  'LEAVES',
  'FOUND',
  'TAKEN_BY',
  'NEW_BY',
  'FOUND_ROOM',
  // Progress.
  'GATHERED',
  'FOUND_COUNT',
  'FOUND_NEXT',
  'UNDER_WAY',
  'AT',
  // What is asked of the caller.
  'INSTANCE',
  'STEP',
  // The chunk that new states go to, and how many it holds.
  'OUT',
  'OUT_COUNT',
  // How many states may still be kept, put in the set of seen ones, and put on the list of those not judged.
  'LEFT',
  'SEEN_LEFT',
  'UNJUDGED_LEFT',
  // States found outside the constraint.
  'OUTSIDE',
  // Whether the state's steps have been put to the action properties.
  'STEPS_JUDGED',
  // Keeps the compiler from leaving a loop out that only touches memory.
  'TOUCHED',
  // Lists for the main thread: states put off, states not judged, chunks filled; and how long they are.
  'PUT_OFF',
  'PUT_OFF_COUNT',
  'PUT_OFF_ROOM',
  'UNJUDGED',
  'UNJUDGED_COUNT',
  'FILLED',
  'FILLED_COUNT',
  // And hits of leaves that are to be audited.
  'HITS',
  'HIT_COUNT',
] as const);

/** In place of how many states may still be kept, seen or listed: as many as there are. */
export const UNLIMITED = 0x7fffffff;

export const MOST_CONTEXTS = 64;
/** The address of the main thread's context. */
export const MAIN = CONTEXTS;
export const TABLES = CONTEXTS + CONTEXT_BYTES * MOST_CONTEXTS;
/** The last address is 2^32 - 2^16: a typed array of bytes can be no longer. */
export const PAGES = 65535;
export const PAGE = 1 << PAGE_BITS;

/** A hit of a leaf that is to be audited: the leaf, whose it is, and the address of the state's cells. */
export const HIT = { LEAF: 0, INSTANCE: 4, CELLS: 8, BYTES: 16 } as const;

/** A state in a chunk: fingerprint, the number of the state it was reached from, the edge, then its cells. */
export const ROW = { FINGERPRINT: 0, PARENT: 8, EDGE: 12, CELLS: 16 } as const;

/** A step in the table of steps. */
export const STEP = {
  /** What it does to a fingerprint, but for the old values of what it writes from UNKNOWN_START on: those differ. */
  FINGERPRINT: 0,
  /** Addresses of its writes, from and to: a cell and a value each. */
  WRITE_START: 8,
  WRITE_END: 12,
  UNKNOWN_START: 16,
  EDGE: 20,
  ACTION: 24,
  /** The `LIST` of judges it may affect; 0 where that isn't known. */
  AFFECTED: 28,
  BYTES: 32,
} as const;

/** A write of a step: the cell, and the value that goes there. */
export const WRITE = { CELL: 0, VALUE: 4, BYTES: 8 } as const;

/** A judge: the root slot of its trie, and how to take its answer. */
export const JUDGE = { ROOT: 0, KIND: 4, BYTES: 8 } as const;
/** Judges to ask after a step: how many of states and how many of steps; then the indices of both. */
export const LIST = { JUDGES: 0, STEP_JUDGES: 4, ENTRIES: 8 } as const;

/** A list of survivors: how many entries and how many groups there are, then the entries, then the groups. */
export const SURVIVORS = { COUNT: 0, GROUP_COUNT: 4, ENTRIES: 8 } as const;
/** An entry of such a list. */
export const SURVIVOR = { SLOT: 0, RANK: 4, ROOT: 8, INSTANCE: 12, BYTES: 16 } as const;
/** A group of it: the cell read next, how many values have lists of their own, where those are, the list for others. */
export const GROUP = { CELL: 0, VALUES: 4, BY_VALUE: 8, OTHERWISE: 12, BYTES: 16 } as const;

/** A range: the root slot of its trie, and whose it is. */
export const RANGED = { ROOT: 0, ACTION: 4, BYTES: 8 } as const;
/**
 * What a range gives in states of one leaf: a list of instances (PLACE is -1), or entries, one a member that the Set in
 * a place may have: out of date where that place has other than COUNT members by now.
 */
export const GIVEN = { PLACE: 0, COUNT: 4, LIST: 8, LENGTH: 12, ENTRIES: 16 } as const;
/** A member's cell, the value it must have (0: any, `UNJUDGED`: not known), and the list of its instances. */
export const MEMBER = { CELL: 0, WANTED: 4, LIST: 8, BYTES: 16 } as const;

/** A predicate's fold: its place, its side, how many children it knows, whether it is of presence. */
export const FOLD = { PLACE: 0, SIDE: 4, KNOWN: 8, OF_PRESENCE: 12, BYTES: 16 } as const;

/** A leaf gathered, and the rank of its instance. */
export const GATHERED = { LEAF: 0, RANK: 4, BYTES: 8 } as const;
/** A step found: the fingerprint of the state it leads to, its address, and that of the slot where the former belongs. */
export const FOUND = { FINGERPRINT: 0, STEP: 8, SLOT: 12, BYTES: 16 } as const;

/** A new state that is not judged yet: its chunk, its index there, the step that led to it. */
export const UNJUDGED_STATE = { CHUNK: 0, INDEX: 4, STEP: 8, BYTES: 16 } as const;
/** A chunk of new states that is full, and how many it holds. */
export const FILLED = { CHUNK: 0, COUNT: 4, BYTES: 8 } as const;

/** States to expand: rows at an address, from the k-th up to one, and the number of the first row. */
export const RANGE = { ROWS: 0, FROM: 4, TO: 8, FIRST: 12, BYTES: 16 } as const;
/** Slots to move: their addresses, and those of the part of the table that is theirs by now. As long as a range. */
export const MOVE = { FROM: 0, TO: 4, LOW: 8, HIGH: 12 } as const;
