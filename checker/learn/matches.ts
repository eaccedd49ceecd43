import { kindOf, kinded } from '../value/kind';
import { NotAValueError } from '../value/refusal';
import { STANDS_FOR, isStandIn } from '../value/standIn';
import { atomOf, type Cells, type Place } from './cells';
import { MEMBER } from './flatten';
import { ABSENT } from './row';

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

/** Whether some writes to the cells of a state make of the variables what an effect's changes do. */
export function leadsTo(
  cells: Cells,
  variables: readonly string[],
  changes: object,
  writes: readonly (readonly [cell: number, local: number])[],
  valueAt: (cell: number) => number,
): boolean {
  const written = new Map<number, number>();
  const rewritten = new Set<number>();
  for (const [cell, local] of writes) {
    written.set(cell, local);
    if (valueAt(cell) !== local) rewritten.add(cells.variableOf(cell));
  }
  const read = ({ cell }: Place) => written.get(cell) ?? valueAt(cell);
  for (const [name, value] of Object.entries(changes)) {
    const index = variables.indexOf(name);
    if (index < 0 || !matches(cells, cells.variables[index] as Place, value, read)) return false;
    rewritten.delete(index);
  }
  return rewritten.size === 0;
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
