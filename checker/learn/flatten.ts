import { List, Map, Set } from 'immutable';
import { insertionOrder } from '../value/iterationOrder';
import { kindOf, kinded } from '../value/kind';
import { NotAValueError } from '../value/refusal';
import { STANDS_FOR, isStandIn } from '../value/standIn';
import { valueText } from '../value/text';
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

/** Puts the value below `place` together again, canonical; undefined where it is absent. `read` gives a cell's value. */
export function unflatten(cells: Cells, place: Place, read: (place: Place) => number): unknown {
  const local = read(place);
  if (local === ABSENT) return undefined;
  const atom = place.atoms[local] as Atom;
  const below = (key: unknown) => unflatten(cells, cells.child(place, cells.values.idOf(key)), read);
  switch (atom.kind) {
    case 'value':
      return atom.value;
    case 'Map':
      return mapOf(
        place.inOrder.flatMap((child): [unknown, unknown][] => {
          const value = unflatten(cells, child, read);
          return value === undefined ? [] : [[child.key, value]];
        }),
      );
    case 'Set':
      return setOf(place.inOrder.filter((child) => read(child) !== ABSENT).map((child) => child.key));
    case 'List':
      return List(Array.from({ length: atom.size }, (_, index) => below(index)));
    case 'Record':
      return atom.shape.example.withMutations((record) => {
        for (const field of atom.shape.fields) record.set(field, below(field));
      });
    case 'member':
      throw new Error(`${place.text} is a member of a Set and has no value of its own`);
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
