import { kindOf, kinded } from '../value/kind';
import { NotAValueError } from '../value/refusal';
import { STANDS_FOR, isStandIn } from '../value/standIn';
import { ABSENT, atomOf, type Cells, type Place } from './cells';
import { MEMBER } from './flatten';

/**
 * Whether the cells of `place` and below it say a value; false for anything that can be no part of a state. `read`
 * gives a cell's value. Brings about no cells and no values of cells, and puts no collection together.
 */
export function matches(cells: Cells, place: Place, value: unknown, read: (place: Place) => number): boolean {
  try {
    return says(cells, place, value, read);
  } catch (error) {
    if (error instanceof NotAValueError) return false;
    throw error;
  }
}

function says(cells: Cells, place: Place, given: unknown, read: (place: Place) => number): boolean {
  const value = isStandIn(given) ? given[STANDS_FOR]() : given;
  if (kindOf(value) === undefined) return false;
  const atom = atomOf(cells, place, value);
  if (cells.localIfKnown(place, atom) !== read(place)) return false;
  if (atom.kind === 'value') return true;

  const { values } = cells;
  const childSays = (key: unknown, part: unknown): boolean => {
    const child = place.childOf.get(values.idOf(key));
    return child !== undefined && says(cells, child, part, read);
  };
  const { kind, value: it } = kinded(value);
  switch (kind) {
    case 'Map':
      return it.every((part, key) => childSays(key, part)) && it.size === present(place, read);
    case 'Set':
      return it.every((member) => isMember(cells, place, member, read)) && it.size === present(place, read);
    case 'List':
      return it.every((part, index) => childSays(index, part));
    case 'Record':
      return cells.shapeOf(it).fields.every((field) => childSays(field, it.get(field)));
    default:
      return false;
  }
}

function isMember(cells: Cells, place: Place, member: unknown, read: (place: Place) => number): boolean {
  const child = place.childOf.get(cells.values.idOf(member));
  return child !== undefined && cells.localIfKnown(child, MEMBER) === read(child);
}

/** How many entries, or members, the collection in `place` has. */
function present({ children }: Place, read: (place: Place) => number): number {
  return children.reduce((count, child) => (read(child) === ABSENT ? count : count + 1), 0);
}
