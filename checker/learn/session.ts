import { NotAValueError } from '../value/refusal';
import type { ValueId } from '../value/values';
import type { Atom, Cells, Place } from './cells';
import { MEMBER, idIn } from './flatten';
import { EngineError, InternalError } from '../model/engineError';
import type { Fault } from '../model/fault';
import type { Run } from '../model/underWay';
import { textOf } from '../purity/source';
import type { Asker, Predicates } from './predicates';
import { refuse } from './refusal';
import { NO, UNKNOWN, YES, type FoldMode, type Predicate, type Verdicts } from './verdict';
import { listView } from './views/list';
import { mapView } from './views/map';
import { recordView } from './views/record';
import { setView } from './views/set';
import type { View } from './views/view';
import { ABSENT, type RowAt } from './row';

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
  readonly verdicts: Verdicts;
}

/** One thing that a run learned about the state, in the order it learned it. */
export type Event =
  | { readonly kind: 'read'; readonly place: Place; readonly side: number }
  | { readonly kind: 'iterate'; readonly place: Place; readonly side: number; readonly count: number }
  | Fold;

/** Thrown, and caught by `fold`, where a predicate asked ahead reads the state itself. */
const READS_STATE = new Error('a predicate that is asked ahead reads the state');

/** What a run of the user's code has noted so far. Shared by the sides of an action property. */
export class Notes implements Run {
  readonly events: Event[] = [];
  asking = false;
  /** A predicate asked ahead has read the state; it may have caught what that threw. */
  answersVoid = false;
  refused = false;
  stopped: EngineError | Fault | undefined;
  quiet = false;
  over = false;
  /**
   * A view stood for a value that may be another object, equal, in a plain run: Immutable's one empty Map or Set, or what
   * a change that changes nothing was made to. Where Immutable compared objects, and no view, what the function gave may
   * hang on that.
   */
  gaveOther = false;
  /** Calls of predicates. */
  asked = 0;
  /** The function of the user's that runs, where it is known. */
  asker: Asker | undefined;

  /** Predicates that the run came by, whether they were asked or not. */
  met = 0;
  /** By side. */
  readonly sessions: Session[] = [];

  constructor(
    readonly predicates: Predicates,
    /** Tells the function that runs, with its parameters, from all others; undefined where nothing does. */
    readonly root?: string,
  ) {}
}

/** One run of a function of the user's over one state, noting what it reads. Over when the run is. */
export class Session {
  private readonly read_ = new Set<number>();
  private readonly iterated = new Set<number>();
  private readonly views = new Map<Place, View>();

  constructor(
    readonly cells: Cells,
    private readonly at: RowAt,
    readonly notes: Notes,
    /** 0; for the state after a step 1. */
    readonly side = 0,
  ) {
    notes.sessions[side] = this;
  }

  /** The local value of a cell, without a note. */
  peek(place: Place): number {
    const { row, offset, width } = this.at;
    return place.cell < width ? (row[offset + place.cell] as number) : ABSENT;
  }

  /** The local value of a cell. */
  read(place: Place): number {
    if (this.guardUse()) return this.peek(place);
    if (!this.read_.has(place.cell)) {
      this.read_.add(place.cell);
      this.notes.events.push({ kind: 'read', place, side: this.side });
    }
    return this.peek(place);
  }

  /** All that can be below a Map or Set, read; in iteration order. */
  iterate(place: Place): readonly Place[] {
    if (this.guardUse()) return place.inOrder;
    if (!this.iterated.has(place.cell)) {
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
    const id = idIn(this.cells, place, (p) => this.peek(p));
    return id === undefined ? undefined : this.cells.values.valueOf(id);
  }

  /** The place below another for a key that the user's code asks for. */
  below(place: Place, key: ValueId): Place {
    this.guardUse(); // what is asked ahead, for members that may not be there, brings about no cells
    return this.cells.child(place, key);
  }

  /** The id of a key, or undefined where it can be no key of a state's collection. */
  keyId(key: unknown): ValueId | undefined {
    try {
      return this.cells.values.idOf(key);
    } catch (error) {
      // What a view throws, asked as a key where it may not be read, is no answer.
      if (!(error instanceof NotAValueError)) throw error;
      return undefined;
    }
  }

  /**
   * Asks a predicate about every entry that a Map or Set has or is known to have had, present or not;
   * presence alone where there is no predicate. `among` narrows to what earlier predicates accepted.
   * `judged` is the user's own function behind the predicate; null where it is ours. Undefined where it
   * can't be asked about what isn't there. Notes nothing.
   */
  ask(place: Place, predicate: Predicate | null, judged = predicate, among?: Verdicts): Verdicts | undefined {
    const { notes } = this;
    notes.met++;
    if (judged && !notes.predicates.mayBeAsked(judged, () => this.occasion(), notes.asker)) return undefined;
    this.guardUse();
    const of = this.answers(place, predicate, among);
    const source = judged ? textOf(judged) : '';
    if (of) return { label: among ? `${among.label}\n${source}` : source, of };
    if (judged && notes.answersVoid) notes.predicates.readsState(judged);
    return undefined;
  }

  /** Whether comparing a value of the user's with what may not be in the state leaves no trace. */
  mayCompare(value: unknown): boolean {
    return this.notes.predicates.mayCompare(value);
  }

  /**
   * Which predicate of which function this is, and all that the run has seen of the state by now: a pure function comes
   * by the same predicate, with the same captured, wherever that is the same.
   */
  private occasion(): string | undefined {
    const { root, met, events, sessions } = this.notes;
    if (root === undefined) return undefined;
    const seen = events.map((event) => (sessions[event.side] as Session).seenBy(event));
    return `${root} ${met} ${seen.join(' ')}`;
  }

  private seenBy(event: Event): string {
    const { place } = event;
    if (event.kind === 'read') return `${place.cell}=${this.peek(place)}`;
    if (event.kind === 'iterate') return `${place.cell}:${event.count}`;
    const accepted = this.accepted(place, event.verdicts);
    if (event.mode === 'any') return accepted.length > 0 ? 'some' : 'none';
    return event.mode === 'count' ? `${accepted.length}` : `[${accepted.map(({ cell }) => cell).join()}]`;
  }

  /** What a predicate says; undefined where it threw, for a member that may not be in the collection, or reads the state. */
  private answers(place: Place, predicate: Predicate | null, among?: Verdicts): number[][] | undefined {
    const { notes } = this;
    notes.asking = true;
    notes.answersVoid = false;
    const isSet = this.holdsSet(place);
    const children = among ? place.children.slice(0, among.of.length) : place.children;
    try {
      const answers = children.map((child, index) => {
        if (isSet) this.cells.local(child, MEMBER); // so that being a member is known before it first is one
        const verdict: number[] = [UNKNOWN];
        for (let local = 1; local < child.atoms.length; local++) {
          const atom = child.atoms[local] as Atom;
          verdict.push(UNKNOWN);
          if (isSet && atom.kind !== 'member') continue; // a key of what the place held when it held a Map
          if (!isSet && predicate && atom.kind !== 'value') throw READS_STATE;
          if (among && among.of[index]?.[local] !== YES) {
            verdict[local] = NO;
            continue;
          }
          if (predicate) notes.asked++;
          const value = isSet ? child.key : (atom as { value?: unknown }).value;
          verdict[local] = !predicate || predicate(value, child.key) ? YES : NO;
        }
        return verdict;
      });
      return notes.answersVoid ? undefined : answers;
    } catch (error) {
      if (error instanceof EngineError) throw error;
      return undefined;
    } finally {
      notes.asking = false;
    }
  }

  /**
   * Joins verdicts over the entries of a Map or Set and reads no more than that: the entries present that
   * they accept, in iteration order. `presence` where the verdicts are presence itself.
   */
  fold(place: Place, mode: FoldMode, verdicts: Verdicts, presence: boolean): readonly Place[] {
    if (this.guardUse()) return this.accepted(place, verdicts);
    const ofSet = this.holdsSet(place);
    this.notes.events.push({
      kind: 'fold',
      place,
      side: this.side,
      mode,
      presence,
      ofSet,
      asked: verdicts.of.length,
      verdicts,
    });
    return this.accepted(place, verdicts);
  }

  /** The entries present that verdicts accept, without a note. */
  accepted(place: Place, verdicts: Verdicts): readonly Place[] {
    return place.inOrder.filter((child) => verdicts.of[child.index]?.[this.peek(child)] === YES);
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
        return;
      case 'member':
      case 'value':
        return;
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
        return mapView(this, place);
      case 'Set':
        return setView(this, place);
      case 'List':
        return listView(this, place, atom.size);
      case 'Record':
        return recordView(this, place, atom.shape);
      default:
        throw new InternalError(`cell ${place.cell} holds no collection`);
    }
  }

  /** Refuses where the run is over, or what it reads would not be noted. True where it is not to be noted. */
  guardUse(): boolean {
    const { notes } = this;
    if (notes.over) refuse('its run is over');
    if (notes.asking) {
      notes.answersVoid = true;
      throw READS_STATE;
    }
    return notes.quiet;
  }
}
