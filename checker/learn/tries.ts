import { FOLD, HEADER } from '../kernel/layout';
import { Table, type Memory } from '../kernel/memory';
import type { Cells, Place } from './cells';
import { MEMBER } from './flatten';
import { InternalError } from '../model/engineError';
import { NODE } from '../kernel/codes';
import type { Event, Fold } from './session';
import { NO, UNKNOWN, YES, type FoldMode } from './verdict';
import { ABSENT, type CellRow } from './row';
import { MISS, TrieNodes } from './trieNodes';

const { ITERATED, FOLDED, MOVED, JOIN } = NODE;
const FOLD_WORDS = FOLD.BYTES >> 2;

/** A predicate's fold as part of a trie: a chain (mask: tree of those met, count: lattice) of cell nodes with known ends. */
interface FoldNodes {
  readonly number: number;
  readonly place: Place;
  readonly side: number;
  readonly mode: FoldMode;
  readonly presence: boolean;
  readonly ofSet: boolean;
  readonly label: string;
  /** How many of the place's children have been considered. */
  known: number;
  /** Its ends: FOLDED nodes. For `count` the index is the number counted. */
  ends: number[];
  readonly join: number;
  /** Its cell nodes, a list a child; for `count` the list's index is the number counted before. */
  readonly nodes: Map<Place, number[]>;
}

/**
 * Decision tries: what functions of the user's answer, as branching on the cells they read. A path holds
 * facts (cell = value) that suffice for the answer at its leaf; facts that are not needed do no harm, so
 * a trie may be extended in place when cells appear. Kept in one typed array, walked without allocation.
 */
export class Tries extends TrieNodes {
  /** A `FOLD` each; its place is by its cell. */
  private readonly foldTable: Table;
  private readonly folds: FoldNodes[] = [];
  /** Node → the number of the fold that it belongs to, and 1; 0 where it belongs to none. */
  private foldAt = new Int32Array(0);

  constructor(
    private readonly cells: Cells,
    /** 1 where a row holds one state; 2 where it holds cell c of two states at 2c and 2c + 1. */
    private readonly sides: 1 | 2,
    memory: Memory,
  ) {
    super(memory, sides === 1 ? HEADER.WORDS : HEADER.PAIR_WORDS);
    this.foldTable = new Table(memory, sides === 1 ? HEADER.FOLDS : HEADER.PAIR_FOLDS, 64);
  }

  /** The cell that is read next at a slot; undefined where nothing is known yet, or it is not one cell that decides. */
  cellAt(slot: number): number | undefined {
    const node = this.nodeAt(slot);
    const kind = node > 0 ? (this.words[node] as number) : -1;
    return kind >= 0 && this.foldOf(node) === undefined ? kind : undefined;
  }

  /** Follows a row to its leaf (below 0), or to MISS. The kernel does the same for what it needs not extend. */
  walk(pointer: number, row: CellRow, offset: number): number {
    let { words } = this;
    while (pointer > 0) {
      const cell = words[pointer] as number;
      if (cell >= 0) {
        const value = row[offset + cell] ?? ABSENT;
        pointer = value < (words[pointer + 1] as number) ? (words[pointer + 2 + value] as number) : MISS;
      } else {
        pointer = this.pass(pointer, row, offset);
        words = this.words;
      }
    }
    return pointer;
  }

  /** How many cells are looked at from a root to find what `walk` finds. */
  looksFrom(root: number, row: CellRow, offset: number): number {
    let looks = 0;
    let pointer = this.words[root] as number;
    while (pointer > 0) {
      const cell = this.words[pointer] as number;
      if (cell < 0) {
        pointer = this.pass(pointer, row, offset);
        continue;
      }
      looks++;
      const value = row[offset + cell] ?? ABSENT;
      pointer =
        value < (this.words[pointer + 1] as number) ? (this.words[pointer + 2 + value] as number) : MISS;
    }
    return looks;
  }

  /** The leaf, as a pointer, of all rows that have some values, by what is known of cells; MISS where those don't suffice. */
  decide(root: number, known: (cell: number) => number | undefined): number {
    const { words } = this;
    let pointer = words[root] as number;
    while (pointer > 0) {
      const kind = words[pointer] as number;
      if (kind >= 0) {
        const value = known(kind) ?? Infinity;
        pointer = value < (words[pointer + 1] as number) ? (words[pointer + 2 + value] as number) : MISS;
      } else if (kind === MOVED) pointer = words[pointer + 1] as number;
      else if (kind === JOIN) pointer = words[pointer + 2] as number;
      else return MISS;
    }
    return pointer;
  }

  /** One step past a node that is no cell node. May extend the trie. */
  pass(node: number, row: CellRow, offset: number): number {
    const { words } = this;
    switch (words[node]) {
      case ITERATED: {
        const code = words[node + 1] as number;
        const place = this.cells.places[code >> 1] as Place;
        if (words[node + 2] === place.children.length) return words[node + 3] as number;
        this.extendIterated(node, place, code & 1);
        return node;
      }
      case FOLDED: {
        const fold = this.folds[words[node + 1] as number] as FoldNodes;
        const { children } = fold.place;
        if (fold.known === children.length) return words[node + 2] as number;
        if (fold.presence) {
          this.extendPresence(fold);
          return node;
        }
        for (let i = fold.known; i < children.length; i++)
          if ((row[offset + this.cellOf(children[i] as Place, fold.side)] ?? ABSENT) !== ABSENT) return MISS;
        return words[node + 2] as number;
      }
      case JOIN:
        return words[node + 2] as number;
      default:
        return words[node + 1] as number;
    }
  }

  /**
   * Adds a path of events for the state in `row` and returns the slot of its leaf. There is a leaf in it
   * already where all that kept the row from it was something the events now tell to be irrelevant.
   */
  insert(root: number, events: readonly Event[], row: CellRow, offset: number): number {
    let slot = root;
    let next = 0;
    const placed = new Set<number>();
    const settled = new Set<FoldNodes>();
    for (;;) {
      const pointer = this.words[slot] as number;
      if (pointer < 0) return slot;
      if (pointer === MISS) {
        while (next < events.length && placed.has(this.codeOf(events[next] as Event))) next++;
        const event = events[next++];
        if (event === undefined) return slot;
        this.attach(slot, event, settled);
        continue;
      }
      const kind = this.words[pointer] as number;
      const fold = this.foldOf(pointer);
      if (fold && !settled.has(fold)) {
        // What a pure function did before this fold is on the path already.
        const before = next;
        while (next < events.length && placed.has(this.codeOf(events[next] as Event))) next++;
        const event = events[next++];
        const same =
          event?.kind === 'fold' &&
          event.place === fold.place &&
          event.side === fold.side &&
          event.mode === fold.mode &&
          event.verdicts.label === fold.label;
        if (!same) {
          // A predicate could be asked ahead then and can't be now, about a member that came later; or only after
          // this run has read what the predicate reads.
          this.words[slot] = MISS;
          next = before; // what ran plainly this time read things of its own before the next fold
          continue;
        }
        this.absorb(fold, event);
        settled.add(fold);
        continue; // absorbing may have turned this very node into another kind
      }
      if (kind >= 0) {
        slot = this.childSlot(pointer, row[offset + kind] ?? ABSENT);
        if (!fold) placed.add(kind * 2);
        else if (this.words[slot] === MISS) this.branch(fold, kind, slot);
      } else if (kind === MOVED) {
        this.words[slot] = this.words[pointer + 1] as number;
      } else if (kind === ITERATED) {
        this.pass(pointer, row, offset);
        if (this.words[pointer] !== ITERATED) continue;
        placed.add((this.words[pointer + 1] as number) * 2 + 1);
        slot = pointer + 3;
      } else slot = pointer + 2;
    }
  }

  /** The fold that a node belongs to. */
  private foldOf(node: number): FoldNodes | undefined {
    return this.folds[(this.foldAt[node] ?? 0) - 1];
  }

  private note(node: number, { number }: FoldNodes): void {
    if (node >= this.foldAt.length) {
      const larger = new Int32Array(this.words.length);
      larger.set(this.foldAt);
      this.foldAt = larger;
    }
    this.foldAt[node] = number + 1;
  }

  /** Tells reads and iterations apart from each other, by what they are of; folds are never equal. */
  private codeOf(event: Event): number {
    if (event.kind === 'read') return this.cellOf(event.place, event.side) * 2;
    return event.kind === 'iterate' ? (event.place.cell * 2 + event.side) * 2 + 1 : -1;
  }

  private cellOf(place: Place, side: number): number {
    return this.sides === 1 ? place.cell : place.cell * 2 + side;
  }

  private attach(slot: number, event: Event, settled: Set<FoldNodes>): void {
    if (event.kind === 'read') {
      this.put(slot, this.cellNode(this.cellOf(event.place, event.side), event.place.atoms.length));
    } else if (event.kind === 'iterate') {
      this.put(slot, this.node(ITERATED, event.place.cell * 2 + event.side, event.count, MISS));
    } else {
      const number = this.folds.length;
      const first = this.node(FOLDED, number, MISS, 0);
      const fold: FoldNodes = {
        number,
        place: event.place,
        side: event.side,
        mode: event.mode,
        presence: event.presence,
        ofSet: event.ofSet,
        label: event.verdicts.label,
        known: 0,
        ends: [first],
        join: this.node(JOIN, number, MISS, 0),
        nodes: new Map(),
      };
      this.folds.push(fold);
      this.foldTable
        .reserve(FOLD_WORDS * this.folds.length)
        .set([fold.place.cell, fold.side, 0, Number(fold.presence)], FOLD_WORDS * number);
      this.note(first, fold);
      this.note(fold.join, fold);
      this.absorb(fold, event);
      settled.add(fold);
      this.put(slot, first);
    }
  }

  /** The slot of a cell node's child, with room made where the value is new. */
  private childSlot(node: number, value: number): number {
    const room = this.words[node + 1] as number;
    return (value < room ? node : this.enlarge(node, value + 1)) + 2 + value;
  }

  /** Moves a cell node to where it has room for more values; leaves a signpost. */
  private enlarge(node: number, room: number): number {
    const old = this.words[node + 1] as number;
    const larger = this.cellNode(this.words[node] as number, Math.max(room, old * 2));
    this.words.copyWithin(larger + 2, node + 2, node + 2 + old);
    this.words.fill(0, node, node + 2 + old);
    this.words[node] = MOVED;
    this.words[node + 1] = larger;
    const fold = this.foldOf(node);
    if (fold) {
      this.note(larger, fold);
      for (const nodes of fold.nodes.values()) {
        const at = nodes.indexOf(node);
        if (at >= 0) nodes[at] = larger;
      }
    }
    return larger;
  }

  /** An iteration that ended before some children were known now looks at the next of those. */
  private extendIterated(node: number, place: Place, side: number): void {
    const known = this.words[node + 2] as number;
    const next = this.words[node + 3] as number;
    const later = this.node(ITERATED, place.cell * 2 + side, known + 1, next);
    this.turnIntoCell(node, this.cellOf(place.children[known] as Place, side), later);
  }

  private extendPresence(fold: FoldNodes): void {
    while (fold.known < fold.place.children.length) {
      const child = fold.place.children[fold.known] as Place;
      if (fold.ofSet) this.cells.local(child, MEMBER);
      this.extend(
        fold,
        child,
        child.atoms.map(() => YES),
      );
    }
  }

  /** Takes in what a predicate said of children and values that the fold did not know. */
  private absorb(fold: FoldNodes, event: Fold): void {
    for (let i = 0; i < event.asked; i++) {
      const child = fold.place.children[i] as Place;
      const verdicts = event.verdicts.of[i] as readonly number[];
      if (i >= fold.known) this.extend(fold, child, verdicts);
      else this.refine(fold, child, verdicts);
    }
  }

  /** Puts a child at the ends of a fold. */
  private extend(fold: FoldNodes, child: Place, verdicts: readonly number[]): void {
    fold.known++;
    this.foldTable.words[FOLD_WORDS * fold.number + (FOLD.KNOWN >> 2)] = fold.known;
    const { ends } = fold;
    const isMember = child.atoms.length === 2 && child.atoms[1]?.kind === 'member';
    if (isMember && verdicts[1] === NO) return; // can never count: members have no other value
    const later = ends.map((end) => this.newEnd(fold, this.words[end + 2] as number));
    if (fold.mode === 'count') later.push(this.newEnd(fold, MISS));
    const nodes = ends.map((end, i) => {
      this.turnIntoCell(end, this.cellOf(child, fold.side), later[i] as number);
      return end;
    });
    fold.nodes.set(child, nodes);
    fold.ends = later;
    this.refine(fold, child, verdicts);
  }

  /**
   * A mask that is met for the first time goes on past the children that follow. Made ahead there would be two to the
   * power of all members, of which few are ever together.
   */
  private branch(fold: FoldNodes, cell: number, slot: number): void {
    const children = [...fold.nodes.keys()];
    const at = children.findIndex((child) => this.cellOf(child, fold.side) === cell);
    if (fold.mode !== 'mask' || at < 0)
      throw new InternalError(`a fold over cell ${fold.place.cell} lacks a verdict`);
    let next = this.newEnd(fold, MISS);
    fold.ends.push(next);
    for (const child of children.slice(at + 1).reverse()) {
      const node = this.cellNode(this.cellOf(child, fold.side), 2);
      this.put(node + 2, next);
      this.note(node, fold);
      fold.nodes.get(child)?.push(node);
      next = node;
    }
    this.put(slot, next);
  }

  private newEnd(fold: FoldNodes, next: number): number {
    const end = this.node(FOLDED, fold.number, next, 0);
    this.note(end, fold);
    return end;
  }

  /**
   * Links a child's values whose verdict was not known before. In a mask that is done as they are met.
   */
  private refine(fold: FoldNodes, child: Place, verdicts: readonly number[]): void {
    if (fold.mode === 'mask') return;
    const nodes = fold.nodes.get(child);
    if (nodes === undefined) return;
    for (let value = 1; value < verdicts.length; value++) {
      if (verdicts[value] === UNKNOWN) continue;
      for (let i = 0; i < nodes.length; i++) {
        const slot = this.childSlot(nodes[i] as number, value);
        if (this.words[slot] !== MISS) continue;
        const node = nodes[i] as number;
        const without = this.words[node + 2] as number;
        if (verdicts[value] === NO) this.words[slot] = without;
        else if (fold.mode === 'any') this.words[slot] = fold.join;
        else this.words[slot] = this.afterCounting(fold, nodes, i);
      }
    }
  }

  /** Where a count goes on after child `i` counted: where one more would go on without it. */
  private afterCounting(fold: FoldNodes, nodes: readonly number[], i: number): number {
    const one = nodes[i + 1];
    if (one !== undefined) return this.words[one + 2] as number;
    // The highest count before this child: one more is the start of the next child's last node, or the last end.
    const children = [...fold.nodes.keys()];
    const at = children.findIndex((child) => fold.nodes.get(child) === nodes);
    const following = children[at + 1];
    const later = following ? fold.nodes.get(following) : fold.ends;
    return later?.[i + 1] as number;
  }
}
