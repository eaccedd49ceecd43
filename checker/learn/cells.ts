import { Record } from 'immutable';
import { iterationOrder } from '../value/iterationOrder';
import { fieldsOf, kinded } from '../value/kind';
import type { ValueId, Values } from '../value/values';
import { HEADER } from '../kernel/layout';
import { Table, type Room } from '../kernel/memory';
import { Lookalikes, type Mixture } from './lookalikes';
import { ZobristKeys, type Key } from '../kernel/zobrist';
import { AtomDigests } from './atomDigests';
import type { Rows } from './row';

/**
 * What a cell's value says. A scalar or an opaque collection is there itself; of the other collections
 * the cell only tells the kind, and their contents are the cells below it.
 */
export type Atom =
  | { readonly kind: 'value'; readonly value: unknown; readonly id: ValueId }
  | { readonly kind: 'Map' }
  | { readonly kind: 'Set' }
  | { readonly kind: 'member' }
  | { readonly kind: 'List'; readonly size: number }
  | { readonly kind: 'Record'; readonly shape: Shape };

/** A Record factory, known by an instance. */
export interface Shape {
  readonly example: Record<{ [field: string]: unknown }>;
  readonly fields: readonly string[];
}

/** Local values by what tells an atom from the others. */
interface Locals {
  get(mark: unknown): number | undefined;
  set(mark: unknown, local: number): void;
}

/** What tells a place from all others. */
interface Whereabouts {
  readonly parent: Place | null;
  /** The variable's name, or the canonical key, field, member or index below the parent. */
  readonly key: unknown;
  /** Position among the parent's children, or the variables. */
  readonly index: number;
}

/** A place in the state that may hold a value: a variable, or an entry, field, member or index below one. */
export class Place implements Whereabouts {
  readonly parent: Place | null;
  readonly key: unknown;
  readonly index: number;
  readonly children: Place[] = [];
  readonly childOf = new Map<ValueId, Place>();
  /** Local value → what it says; index 0 is absence. */
  readonly atoms: (Atom | null)[] = [null];
  /** Told about every new place below this one. */
  readonly watchers: ((place: Place) => void)[] = [];
  private ordered: Place[] | null = null;

  constructor(
    /** Position in a row. */
    readonly cell: number,
    { parent, key, index }: Whereabouts,
    /** Whether it is one cell, whatever it holds: no place is ever below it. */
    readonly whole = false,
    private readonly locals: Locals = new Map<unknown, number>(),
  ) {
    this.parent = parent;
    this.key = key;
    this.index = index;
  }

  /** The children in the canonical order of their keys: what the user's code iterates. */
  get inOrder(): readonly Place[] {
    this.ordered ??= [...this.children].sort((a, b) => iterationOrder(a.key, b.key));
    return this.ordered;
  }

  adopt(child: Place, keyId: ValueId): void {
    this.children.push(child);
    this.childOf.set(keyId, child);
    this.ordered = null;
  }

  localOf(mark: unknown): number | undefined {
    return this.locals.get(mark);
  }

  learn(mark: unknown, atom: Atom): number {
    const local = this.atoms.push(atom) - 1;
    this.locals.set(mark, local);
    return local;
  }
}

/** Local values of a variable that is kept whole, by the ids of its values: a table, since there may be millions. */
class LocalsById implements Locals {
  private table = new Int32Array(64);

  get(id: ValueId): number | undefined {
    return this.table[id] || undefined; // no value has local value 0, which is absence
  }

  set(id: ValueId, local: number): void {
    if (id >= this.table.length) {
      const larger = new Int32Array(Math.max(id + 1, this.table.length * 2));
      larger.set(this.table);
      this.table = larger;
    }
    this.table[id] = local;
  }
}

/** What cells may be made with. */
export interface CellsOptions {
  /** What is kept whole: every variable, or the places with these paths. */
  readonly wholes?: true | ReadonlySet<string> | undefined;
  /** Throws for two kinds that are mixed in a place. */
  readonly mixed?: (mixture: Mixture) => never;
  readonly rows?: Rows | undefined;
}

/**
 * The cells of a spec's states, found as they appear. A row is a state as one small integer a cell; a cell
 * that a row is too short for, or that it was made before, is absent there.
 */
export class Cells {
  readonly places: Place[] = [];
  readonly variables: readonly Place[];
  /**
   * The key of cell c, value v, is the 64 bits at word `2 * (keyBase[c] + v)`, low half first. Key 0 of every
   * cell is 0, so absence costs nothing.
   */
  private readonly keys: Table;
  private readonly keyBase: Table;
  /** By the cell of a place: how many children it has, and the address of the list of their cells. */
  private readonly childCounts: Table;
  private readonly childLists: Table;
  private readonly childTables = new Map<Place, Table>();
  private keyRoom: number[] = [];
  private keyEnd = 0;
  private readonly shapes: Shape[] = [];
  private readonly zobrist = new ZobristKeys();
  private readonly atomDigests: AtomDigests;
  /** Values that Immutable takes for one, in places where one may stand for the other. */
  readonly lookalikes: Lookalikes;
  private readonly wholes: true | ReadonlySet<string>;
  private readonly rows: Rows | undefined;

  constructor(
    readonly values: Values,
    variables: readonly string[],
    private readonly room: Room,
    { wholes = new Set(), mixed, rows }: CellsOptions = {},
  ) {
    this.wholes = wholes;
    this.rows = rows;
    this.lookalikes = new Lookalikes(this, mixed);
    this.atomDigests = new AtomDigests(values);
    this.keys = new Table(room, HEADER.KEYS, 2048);
    this.keyBase = new Table(room, HEADER.KEY_BASE, 64);
    this.childCounts = new Table(room, HEADER.CHILD_COUNTS, 64);
    this.childLists = new Table(room, HEADER.CHILDREN, 64);
    this.variables = variables.map((name, index) => this.add(null, name, index));
  }

  /** Whether every variable is kept whole. */
  get whole(): boolean {
    return this.wholes === true;
  }

  get count(): number {
    return this.places.length;
  }

  /** The place below `parent` for a key (a canonical value), made where it is new. */
  child(parent: Place, keyId: ValueId): Place {
    const known = parent.childOf.get(keyId);
    if (known !== undefined) return known;
    if (this.values.confusable) this.lookalikes.addKey(parent, keyId);
    const place = this.add(parent, this.values.valueOf(keyId), parent.children.length);
    parent.adopt(place, keyId);
    this.listChild(parent, place);
    for (let p: Place | null = parent; p; p = p.parent) for (const watch of [...p.watchers]) watch(place);
    return place;
  }

  /** The local value that says `atom` in a place. */
  local(place: Place, atom: Atom): number {
    const mark = markOf(atom);
    const known = place.localOf(mark);
    if (known !== undefined) return known;
    if (this.values.confusable) this.lookalikes.addAtom(place, atom);
    const local = place.learn(mark, atom);
    this.storeKey(place, local, atom);
    this.rows?.fit(0, local);
    return local;
  }

  /** The local value that says `atom` in a place, where it has ever been there. */
  localIfKnown(place: Place, atom: Atom): number | undefined {
    return place.localOf(markOf(atom));
  }

  /** The local value of a variable that is kept whole and has the value of an id. */
  localOf(variable: Place, id: ValueId): number {
    return (
      variable.localOf(id) ?? this.local(variable, { kind: 'value', value: this.values.valueOf(id), id })
    );
  }

  /** The index of the variable that a cell is part of. */
  variableOf(cell: number): number {
    let place = this.places[cell] as Place;
    while (place.parent) place = place.parent;
    return place.index;
  }

  shapeOf(record: Record<{ [field: string]: unknown }>): Shape {
    return (this.shapes[this.values.shapeOf(record)] ??= { example: record, fields: fieldsOf(record) });
  }

  /** What a cell's having a value adds to a fingerprint. */
  keyOf(cell: number, local: number): Key {
    return [this.halfOf(cell, local, 0), this.halfOf(cell, local, 1)];
  }

  /** The low half of that, or the high one. */
  halfOf(cell: number, local: number, half: 0 | 1): number {
    return this.keys.words[2 * ((this.keyBase.words[cell] as number) + local) + half] as number;
  }

  /** What tells a place from all others in whatever search of the spec that shares its values. */
  pathOf({ parent, key, index }: Whereabouts): string {
    return parent ? `${this.pathOf(parent)}/${this.values.idOf(key)}` : String(index);
  }

  private add(parent: Place | null, key: unknown, index: number): Place {
    const whole =
      this.wholes === true || (this.wholes.size > 0 && this.wholes.has(this.pathOf({ parent, key, index })));
    const locals = this.whole ? new LocalsById() : undefined;
    const place = new Place(this.places.length, { parent, key, index }, whole, locals);
    this.places.push(place);
    if (parent) this.zobrist.addBelow(parent.cell, this.atomDigests.ofId(this.values.idOf(key)));
    else this.zobrist.addVariable(key as string);
    for (const table of [this.keyBase, this.childCounts, this.childLists]) table.reserve(place.cell + 1);
    this.reserveKeys(place.cell, 4);
    this.rows?.fit(this.places.length, 0);
    return place;
  }

  private storeKey(place: Place, local: number, atom: Atom): void {
    if (local >= (this.keyRoom[place.cell] ?? 0)) this.reserveKeys(place.cell, local * 2);
    const at = (this.keyBase.words[place.cell] as number) + local;
    this.keys.words.set(this.zobrist.keyOf(place.cell, this.atomDigests.of(atom)), 2 * at);
  }

  /** Gives a cell room for `room` keys; what it had moves along. */
  private reserveKeys(cell: number, room: number): void {
    const start = this.keyEnd;
    this.keyEnd += room;
    const keys = this.keys.reserve(2 * this.keyEnd);
    const before = this.keyRoom[cell] ?? 0;
    const from = this.keyBase.words[cell] as number;
    keys.copyWithin(2 * start, 2 * from, 2 * (from + before));
    keys.fill(0, 2 * (start + before), 2 * this.keyEnd);
    this.keyBase.words[cell] = start;
    this.keyRoom[cell] = room;
  }

  private listChild(parent: Place, child: Place): void {
    const count = parent.children.length;
    let list = this.childTables.get(parent);
    if (list === undefined) this.childTables.set(parent, (list = new Table(this.room, undefined, 4)));
    list.reserve(count)[count - 1] = child.cell;
    this.childLists.words[parent.cell] = list.address;
    this.childCounts.words[parent.cell] = count;
  }
}

/** What a legal, canonical or fresh, value is as an atom in a place. */
export function atomOf(cells: Cells, place: Place, value: unknown): Atom {
  const { kind, value: it } = kinded(value);
  if (!place.whole)
    switch (kind) {
      case 'Map':
      case 'Set':
        return { kind };
      case 'List':
        return { kind, size: it.size };
      case 'Record':
        return { kind, shape: cells.shapeOf(it) };
      default:
    }
  const id = cells.values.idOf(value);
  return { kind: 'value', value: cells.values.valueOf(id), id };
}

/** What tells an atom from the others that a place may have. */
function markOf(atom: Atom): unknown {
  switch (atom.kind) {
    case 'value':
      return atom.id;
    case 'List':
      return `List ${atom.size}`;
    case 'Record':
      return atom.shape;
    default:
      return atom.kind;
  }
}
