import { Map, Set } from 'immutable';
import { insertionOrder } from '../value/iterationOrder';
import { kindOf, kinded } from '../value/kind';
import { NotAValueError } from '../value/refusal';
import { STANDS_FOR, isStandIn } from '../value/standIn';
import { valueText } from '../value/text';
import type { ValueId } from '../value/values';
import { ABSENT, atomOf, type Atom, type Cells, type Place } from './cells';

/** Takes the parts of a value as they are found. */
export interface Sink {
  /** The cell of `place` gets a value. */
  write(place: Place, local: number): void;
  /** Whatever is or ever will be below `place`, but for what `write` is told, is absent. */
  clearBelow(place: Place): void;
}

/**
 * Takes a value apart into cells below `place`. Throws `NotAValueError` with the path for anything that
 * can be no part of a state.
 */
export function flatten(
  cells: Cells,
  place: Place,
  value: unknown,
  sink: Sink,
  path: readonly string[] = [],
): void {
  if (isStandIn(value)) value = value[STANDS_FOR]();
  if (kindOf(value) === undefined) throw new NotAValueError(value, path);
  const { kind, value: it } = kinded(value);
  if (kind === 'scalar' || kind === 'OrderedMap' || kind === 'OrderedSet' || kind === 'Stack') {
    const { atom, id } = withPath(path, () => atomOf(cells, value));
    sink.clearBelow(place);
    sink.write(place, cells.local(place, atom, id));
    return;
  }
  sink.clearBelow(place);
  sink.write(place, cells.local(place, atomOf(cells, value).atom));
  const idOf = (key: unknown, at: string) => withPath([...path, at], () => cells.values.idOf(key));
  switch (kind) {
    case 'Map':
      it.forEach((member, key) => {
        const label = kindOf(key) === undefined ? String(key) : valueText(key);
        flatten(cells, cells.child(place, idOf(key, `{key ${label}}`)), member, sink, [...path, `.${label}`]);
      });
      return;
    case 'Set':
      it.forEach((member) => {
        const label = kindOf(member) === undefined ? String(member) : valueText(member);
        const child = cells.child(place, idOf(member, `{member ${label}}`));
        sink.write(child, cells.local(child, MEMBER));
      });
      return;
    case 'List':
      it.forEach((member, index) => {
        flatten(cells, cells.child(place, cells.values.idOf(index)), member, sink, [...path, `[${index}]`]);
      });
      return;
    case 'Record':
      for (const field of cells.shapeOf(it).fields)
        flatten(cells, cells.child(place, cells.values.idOf(field)), it.get(field), sink, [
          ...path,
          `.${field}`,
        ]);
  }
}

/** The atom of a Set's member. */
export const MEMBER: Atom = { kind: 'member' };

/**
 * The id of the value in `place`, put together again; undefined where nothing is. `read` gives a cell's value. Brings
 * about no cells.
 */
export function idIn(cells: Cells, place: Place, read: (place: Place) => number): ValueId | undefined {
  const local = read(place);
  if (local === ABSENT) return undefined;
  const { values } = cells;
  const atom = place.atoms[local] as Atom;
  const idAt = (key: unknown) => idIn(cells, place.childOf.get(values.idOf(key)) as Place, read) as ValueId;
  switch (atom.kind) {
    case 'value':
      return values.idOf(atom.value);
    case 'Map': {
      const entries: [ValueId, ValueId][] = [];
      for (const [key, child] of place.childOf) {
        const id = idIn(cells, child, read);
        if (id !== undefined) entries.push([key, id]);
      }
      return values.idOfEntries('Map', entries);
    }
    case 'Set': {
      const members: ValueId[] = [];
      for (const [key, child] of place.childOf) if (read(child) !== ABSENT) members.push(key);
      return values.idOfMembers('Set', members);
    }
    case 'List':
      return values.idOfMembers(
        'List',
        Array.from({ length: atom.size }, (_, index) => idAt(index)),
      );
    case 'Record':
      return values.idOfRecord(atom.shape.example, atom.shape.fields.map(idAt));
    case 'member':
      throw new Error(`cell ${place.cell} is a member of a Set and has no value of its own`);
  }
}

/** A Map of entries given in iteration order. */
export function mapOf(entries: readonly [unknown, unknown][]): Map<unknown, unknown> {
  return Map(insertionOrder(entries, ([key]) => key));
}

/** A Set of members given in iteration order. */
export function setOf(members: readonly unknown[]): Set<unknown> {
  return Set(insertionOrder(members, (member) => member));
}

function withPath<T>(path: readonly string[], body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof NotAValueError) throw error.below(path);
    throw error;
  }
}
