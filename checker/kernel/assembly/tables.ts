import { Numbers } from './numbers';

/** A write of a step: the cell, and the value that goes there. */
@unmanaged
export class Write {
  cell: i32;
  value: i32;
}

/** A step that a leaf says is possible. */
@unmanaged
export class Step {
  /** What it does to a fingerprint, but for the old values of what it writes from `unknownStart` on: those differ. */
  fingerprint: u64;
  /** Its writes, from one up to another. */
  writeStart: Write;
  writeEnd: Write;
  unknownStart: Write;
  edge: i32;
  action: i32;
  /** The judges it may affect; null where that isn't known. */
  affected: Affected | null;
}

/** Judges to ask after a step: how many of states and how many of steps; the indices of the former, then of the latter. */
@unmanaged
export class Affected {
  judges: i32;
  stepJudges: i32;

  @inline
  get entries(): Numbers<i32> {
    return changetype<Numbers<i32>>(changetype<usize>(this) + offsetof<Affected>());
  }
}

/** A predicate that states or steps are put to: the root slot of its trie, and how to take its answer. */
@unmanaged
export class Judge {
  root: i32;
  kind: i32;
}

/** An instance in a list: the slot where to go on in its trie, its place in the order of steps, its trie's root slot. */
@unmanaged
export class Survivor {
  slot: i32;
  rank: i32;
  root: i32;
  instance: i32;
}

/** Instances that may be enabled: some one by one, then groups that read the same cell next. */
@unmanaged
export class Survivors {
  count: i32;
  groupCount: i32;

  @inline
  get entries(): Survivor {
    return changetype<Survivor>(changetype<usize>(this) + offsetof<Survivors>());
  }
}

/** Instances that read the same cell next: a list for each value that it had when the table was made, and one for others. */
@unmanaged
export class Group {
  cell: i32;
  values: i32;
  byValue: Numbers<Survivors | null>;
  otherwise: Survivors | null;
}

/** A range: the root slot of its trie, and whose it is. */
@unmanaged
export class Ranged {
  root: i32;
  action: i32;
}

/**
 * What a range gives in states of one leaf: a list of instances (`place` is -1), or entries, one a member that the Set
 * in a place may have: out of date where that place has other than `count` members by now.
 */
@unmanaged
export class Given {
  place: i32;
  count: i32;
  list: Survivors;
  length: i32;

  @inline
  get entries(): Member {
    return changetype<Member>(changetype<usize>(this) + offsetof<Given>());
  }
}

/** A member's cell, the value it must have (0: any; `UNJUDGED`: not known), and the list of its instances. */
@unmanaged
export class Member {
  cell: i32;
  wanted: i32;
  list: Survivors;
  unused: i32;
}

/** A predicate's fold: its place, its side (of a step), how many children it knows, and whether it is of presence. */
@unmanaged
export class Fold {
  place: i32;
  side: i32;
  known: i32;
  ofPresence: i32;
}

/** A leaf gathered, and the rank of its instance: steps are taken in the order of ranks. */
@unmanaged
export class Gathered {
  leaf: i32;
  rank: i32;
}

/** A step found: the fingerprint of the state it leads to, and the slot where that is looked up first. */
@unmanaged
export class Found {
  fingerprint: u64;
  step: Step;
  slot: usize;
}

/** A hit of a leaf that is to be audited: the leaf, whose it is, and the state's cells. */
@unmanaged
export class Hit {
  leaf: i32;
  instance: i32;
  cells: usize;
  unused: i32;
}

/** A new state that is not judged yet: its chunk, its index there, and the step that led to it. */
@unmanaged
export class Unjudged {
  chunk: usize;
  index: i32;
  step: Step;
  unused: i32;
}

/** A chunk of new states that is full, and how many it holds. */
@unmanaged
export class Filled {
  chunk: usize;
  count: i32;
}

/** States to expand: rows at an address, from one up to another, and the number of the first row. */
@unmanaged
export class Range {
  rows: usize;
  from: i32;
  to: i32;
  first: i32;
}

/** Slots to move: their addresses, and those of the part of the table that is theirs by now. As long as a range. */
@unmanaged
export class Move {
  from: usize;
  to: usize;
  low: usize;
  high: usize;
}
