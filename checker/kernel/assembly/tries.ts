/**
 * Tries: what the user's functions say, as decisions on cells. A pointer into them is above 0 a node's index among their
 * words, below 0 the number of a leaf, negated, and 0 where nothing is learned yet.
 */
@unmanaged
export class Tries {
  @inline
  nodeAt(pointer: i32): Node {
    return changetype<Node>(changetype<usize>(this) + ((<usize>pointer) << 2));
  }

  /** The pointer that a slot holds. */
  @inline
  at(slot: i32): i32 {
    return load<i32>(changetype<usize>(this) + ((<usize>slot) << 2));
  }
}

/** A node, of which only the first word is known to mean the same in all: its kind. */
@unmanaged
export class Node {
  /** The cell that it branches on, or one of `NODE`. Tries over steps branch on 2c for cell c before, 2c + 1 for it after. */
  kind: i32;
  /** Of one that branches: how many values it has room for; a pointer for each follows. */
  room: i32;

  /** Where a branching node leads to for a value. */
  @inline
  branch(value: i32): i32 {
    return value < this.room
      ? load<i32>(changetype<usize>(this) + ((<usize>value) << 2), offsetof<Node>())
      : 0;
  }
}

/** No child of a place is newer than those that were looked at. */
@unmanaged
export class Iterated {
  kind: i32;
  placeAndSide: i32;
  known: i32;
  next: i32;

  @inline
  get place(): i32 {
    return this.placeAndSide >> 1;
  }
}

/** None of the children that a fold has not been asked about is there; or, as a join, the fold has found one. */
@unmanaged
export class Folded {
  kind: i32;
  fold: i32;
  next: i32;
}

/** Where the node is by now. */
@unmanaged
export class Moved {
  kind: i32;
  to: i32;
}
