import { Map, Set } from 'immutable';
import { InternalError } from '../model/engineError';
import { insertionOrder } from '../value/iterationOrder';
import { kindOf, kinded } from '../value/kind';
import { NotAValueError, at, label } from '../value/refusal';
import { STANDS_FOR, isStandIn } from '../value/standIn';
import type { ValueId } from '../value/values';
import { atomOf, type Atom, type Cells, type Place } from './cells';
import { ABSENT } from './row';

/** Takes the parts of a value as they are found. */
export interface Sink {
  /** The cell of `place` gets a value. */
  write(place: Place, local: number): void;
  /** Whatever is or ever will be below `place`, but for what `write` is told, is absent. */
  clearBelow(place: Place): void;
  /** Whether a value is what the place has already, but for what has been written just now. */
  keeps?(place: Place, value: unknown): boolean;
}

/**
 * Takes a value apart into cells below `place`. Throws `NotAValueError` with the path for anything that
 * can be no part of a state.
 */
export function flatten(cells: Cells, place: Place, value: unknown, sink: Sink): void {
  if (sink.keeps?.(place, value)) return;
  if (isStandIn(value)) value = value[STANDS_FOR]();
  if (kindOf(value) === undefined) throw new NotAValueError(value, []);
  const atom = atomOf(cells, place, value);
  if (!place.whole) sink.clearBelow(place);
  sink.write(place, cells.local(place, atom));
  if (atom.kind === 'value') return;
  const { values } = cells;
  const { kind, value: it } = kinded(value);
  switch (kind) {
    case 'Map':
      it.forEach((member, key) => {
        const id = at(
          () => `{key ${label(key)}}`,
          () => values.idOf(key),
        );
        at(
          () => `.${label(key)}`,
          () => flatten(cells, cells.child(place, id), member, sink),
        );
      });
      return;
    case 'Set':
      it.forEach((member) => {
        const id = at(
          () => `{member ${label(member)}}`,
          () => values.idOf(member),
        );
        const child = cells.child(place, id);
        sink.write(child, cells.local(child, MEMBER));
      });
      return;
    case 'List':
      it.forEach((member, index) => {
        at(
          () => `[${index}]`,
          () => flatten(cells, cells.child(place, values.idOf(index)), member, sink),
        );
      });
      return;
    case 'Record':
      for (const field of cells.shapeOf(it).fields)
        at(
          () => `.${field}`,
          () => flatten(cells, cells.child(place, values.idOf(field)), it.get(field), sink),
        );
      return;
    default:
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
      return atom.id;
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
      throw new InternalError(`cell ${place.cell} is a member of a Set and has no value of its own`);
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
