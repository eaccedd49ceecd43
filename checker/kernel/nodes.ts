/**
 * The kinds of nodes in a trie, in a node's first word. 0 and above: the cell it branches on, and then
 * [cell, room, child of value 0, child of value 1, …].
 */
export const NODE = {
  /** [_, place and side, children known, next]: no child of the place is newer. */
  ITERATED: -1,
  /** [_, fold, next, -]: the same for a predicate's fold. */
  FOLDED: -2,
  /** [_, where to, -, -]: the node needed more room. */
  MOVED: -3,
  /** [_, fold, next, -]: where the branches of an `any` fold that found one meet. */
  JOIN: -4,
} as const;
