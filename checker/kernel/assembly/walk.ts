import { NODE } from '../codes';
import { Cells } from './cells';
import { header } from './header';
import { Folded, Iterated, Moved, Node, Tries } from './tries';

/** Whether a trie is one over states, or over steps: it then branches on cells before and after. */
const OF_STATES = false;
const OF_STEPS = true;

/**
 * The walk through a trie, written out where it is called: there it is the innermost loop. `after` counts for tries over
 * steps only, and `ofSteps` is a constant at each call, so that each gets a loop without the other's branches.
 */
export class Walk {
  /** Follows a pointer to a leaf (below 0), or to 0 where nothing is learned, in a state. */
  @inline
  static inState(tries: Tries, pointer: i32, cells: Cells): i32 {
    return Walk.on(tries, pointer, cells, cells, OF_STATES);
  }

  @inline
  static inStep(tries: Tries, pointer: i32, before: Cells, after: Cells): i32 {
    return Walk.on(tries, pointer, before, after, OF_STEPS);
  }

  @inline
  private static on(tries: Tries, pointer: i32, cells: Cells, after: Cells, ofSteps: bool): i32 {
    let p = pointer;
    while (p > 0) {
      const node = tries.nodeAt(p);
      const kind = node.kind;
      if (kind >= 0) p = node.branch(Walk.value(kind, cells, after, ofSteps));
      else p = ofSteps ? pastInStep(node, cells, after) : pastInState(node, cells);
    }
    return p;
  }

  /** What a node branches on: the value of a cell, of a step's before it or after it. */
  @inline
  static value(code: i32, cells: Cells, after: Cells, ofSteps: bool): i32 {
    if (!ofSteps) return cells.at(code);
    return code & 1 ? after.at(code >> 1) : cells.at(code >> 1);
  }

  /** The pointer past a node that branches on no cell; 0 where it must be extended first. */
  @inline
  static past(node: Node, cells: Cells, after: Cells, ofSteps: bool): i32 {
    const kind = node.kind;
    if (kind === NODE.ITERATED) {
      const iterated = changetype<Iterated>(node);
      return iterated.known === header.childCounts.at(iterated.place) ? iterated.next : 0;
    }
    if (kind === NODE.FOLDED) {
      const folded = changetype<Folded>(node);
      const fold = (ofSteps ? header.pairFolds : header.folds).at(folded.fold);
      const place = fold.place;
      const count = header.childCounts.at(place);
      let known = fold.known;
      if (known < count) {
        if (fold.ofPresence) return 0;
        const children = header.children.at(place);
        const side = fold.side;
        while (known < count) {
          const child = children.at(known);
          if (Walk.value(ofSteps ? (child << 1) + side : child, cells, after, ofSteps)) return 0;
          known++;
        }
      }
      return folded.next;
    }
    return kind === NODE.JOIN ? changetype<Folded>(node).next : changetype<Moved>(node).to;
  }
}

function pastInState(node: Node, cells: Cells): i32 {
  return Walk.past(node, cells, cells, OF_STATES);
}

function pastInStep(node: Node, before: Cells, after: Cells): i32 {
  return Walk.past(node, before, after, OF_STEPS);
}

/** `Walk.inState`, for whoever does not do it for every instance. */
export function walk(pointer: i32, cells: Cells): i32 {
  return Walk.inState(header.words, pointer, cells);
}

export function walkStep(pointer: i32, before: Cells, after: Cells): i32 {
  return Walk.inStep(header.pairWords, pointer, before, after);
}
