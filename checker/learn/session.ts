import type { ValueId } from '../value/values';
import { ABSENT, type Atom, type CellRow, type Cells, type Place } from './cells';
import { MEMBER, unflatten } from './flatten';
import { mayBeAskedAhead } from './predicate';
import { ListView, MapView, RecordView, SetView, type View } from './views';

/**
 * How a predicate's answers over a collection are joined: `any` (does it hold for one), `count` (for how
 * many), `mask` (for which).
 */
export type FoldMode = 'any' | 'count' | 'mask';

export const UNKNOWN = 0;
export const NO = 1;
export const YES = 2;

type Predicate = (value: unknown, key: unknown) => unknown;

/** What a predicate says of everything that is or could be in a collection. */
export interface Fold {
  readonly kind: 'fold';
  readonly place: Place;
  readonly side: number;
  readonly mode: FoldMode;
  /** Presence itself is the predicate: known for members to come as well. */
  readonly presence: boolean;
  /** Over a Set, whose members have no value but being there. */
  readonly ofSet: boolean;
  /** How many of the place's children were asked about. */
  readonly asked: number;
  /** Child → local value → UNKNOWN, NO or YES. */
  readonly verdicts: readonly Uint8Array[];
}

/** One thing that a run learned about the state, in the order it learned it. */
export type Event =
  | { readonly kind: 'read'; readonly place: Place; readonly side: number }
  | { readonly kind: 'iterate'; readonly place: Place; readonly side: number; readonly count: number }
  | Fold;

/** Thrown, and caught by `fold`, where a predicate asked ahead reads the state itself. */
const READS_STATE = new Error('a predicate that is asked ahead reads the state');

/** What a run of the user's code has noted so far. Shared by the sides of an action property. */
export class Notes {
  readonly events: Event[] = [];
  asking = false;
  over = false;
  /** Calls of predicates. */
  asked = 0;
}

/** One run of a function of the user's over one state, noting what it reads. Over when the run is. */
export class Session {
  private readonly read_ = new Set<number>();
  private readonly iterated = new Set<number>();
  private readonly views = new Map<Place, View>();

  constructor(
    readonly cells: Cells,
    private readonly row: CellRow,
    private readonly offset: number,
    private readonly width: number,
    readonly notes: Notes,
    /** 0; for the state after a step 1. */
    readonly side = 0,
  ) {}

  /** The local value of a cell, without a note. */
  peek(place: Place): number {
    return place.cell < this.width ? (this.row[this.offset + place.cell] as number) : ABSENT;
  }

  /** The local value of a cell. */
  read(place: Place): number {
    if (!this.read_.has(place.cell)) {
      this.guardUse();
      this.read_.add(place.cell);
      this.notes.events.push({ kind: 'read', place, side: this.side });
    }
    return this.peek(place);
  }

  /** All that can be below a Map or Set, read; in iteration order. */
  iterate(place: Place): readonly Place[] {
    if (!this.iterated.has(place.cell)) {
      this.guardUse();
      this.iterated.add(place.cell);
      for (const child of place.children) this.read(child);
      this.notes.events.push({ kind: 'iterate', place, side: this.side, count: place.children.length });
    }
    return place.inOrder;
  }

  /** What is in a place, scalars as they are and collections as views; undefined where nothing is. */
  get(place: Place): unknown {
    const local = this.read(place);
    return local === ABSENT ? undefined : this.present(place, place.atoms[local] as Atom);
  }

  /** The whole value of a place, as a real Immutable value; everything below it is read. */
  whole(place: Place): unknown {
    this.readBelow(place);
    return unflatten(this.cells, place, (p) => this.peek(p));
  }

  /** The id of a key, or undefined where it can be no key of a state's collection. */
  keyId(key: unknown): ValueId | undefined {
    try {
      return this.cells.values.idOf(key);
    } catch {
      return undefined;
    }
  }

  /**
   * Joins a predicate's answers over the entries of a Map or Set, or presence where there is none, reading
   * no more than the answers. `judged` is the user's own function behind the predicate; null where it is ours.
   * Undefined where the predicate can't be asked about what isn't there.
   */
  fold(place: Place, mode: FoldMode, predicate: Predicate | null, judged = predicate): readonly Place[] | undefined {
    if (judged && !mayBeAskedAhead(judged)) return undefined;
    const verdicts = this.ask(place, predicate);
    if (verdicts === undefined) return undefined;
    this.guardUse();
    this.notes.events.push({
      kind: 'fold',
      place,
      side: this.side,
      mode,
      presence: !predicate,
      ofSet: this.holdsSet(place),
      asked: place.children.length,
      verdicts,
    });
    return place.inOrder.filter((child) => verdicts[child.index]?.[this.peek(child)] === YES);
  }

  private ask(place: Place, predicate: Predicate | null): Uint8Array[] | undefined {
    const { notes } = this;
    this.guardUse();
    notes.asking = true;
    const isSet = this.holdsSet(place);
    try {
      return place.children.map((child) => {
        if (isSet) this.cells.local(child, MEMBER); // so that being a member is known before it first is one
        const verdict = new Uint8Array(child.atoms.length);
        for (let local = 1; local < verdict.length; local++) {
          const atom = child.atoms[local] as Atom;
          if (isSet !== (atom.kind === 'member')) {
            if (!isSet && atom.kind !== 'value' && predicate) throw READS_STATE;
            if (isSet) continue; // a key of what the place held when it held a Map
          }
          if (predicate) notes.asked++;
          verdict[local] = !predicate || predicate(isSet ? child.key : (atom as { value?: unknown }).value, child.key) ? YES : NO;
        }
        return verdict;
      });
    } catch {
      // It threw for a member that may not be in the collection, or reads the state: it must run plainly.
      return undefined;
    } finally {
      notes.asking = false;
    }
  }

  private holdsSet(place: Place): boolean {
    return place.atoms[this.peek(place)]?.kind === 'Set';
  }

  private readBelow(place: Place): void {
    const local = this.read(place);
    if (local === ABSENT) return;
    const atom = place.atoms[local] as Atom;
    const below = (key: unknown) => this.readBelow(this.cells.child(place, this.cells.values.idOf(key)));
    switch (atom.kind) {
      case 'Map':
        for (const child of this.iterate(place)) this.readBelow(child);
        return;
      case 'Set':
        this.iterate(place);
        return;
      case 'List':
        for (let index = 0; index < atom.size; index++) below(index);
        return;
      case 'Record':
        atom.shape.fields.forEach(below);
    }
  }

  private present(place: Place, atom: Atom): unknown {
    if (atom.kind === 'value') return atom.value;
    let view = this.views.get(place);
    if (view === undefined) this.views.set(place, (view = this.viewOf(place, atom)));
    return view;
  }

  private viewOf(place: Place, atom: Atom): View {
    switch (atom.kind) {
      case 'Map':
        return MapView.of(this, place);
      case 'Set':
        return SetView.of(this, place);
      case 'List':
        return ListView.of(this, place, atom.size);
      case 'Record':
        return RecordView.of(this, place, atom.shape);
      default:
        throw new Error(`${place.text} holds no collection`);
    }
  }

  private guardUse(): void {
    if (this.notes.asking) throw READS_STATE;
    if (this.notes.over)
      throw new Error(
        'a collection of an earlier state is still in use: a guard, effect or property must not keep what it was given',
      );
  }
}
