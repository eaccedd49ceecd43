import type { Map } from 'immutable';
import type { Release, Rules } from './rules';
import {
  at,
  type CollectionId,
  type CollectionRow,
  type DiskId,
  type InstanceId,
  type RowId,
  type State,
  type VmmId,
} from './state';
import type { World } from './world';

/** The tables that accounting writes. */
export type Books = Pick<State, 'rows' | 'collections'>;

/**
 * What a statement did. `byteCount`: it committed, then a returned counter was negative and the caller was
 * told of a failure. `check`: the table refused a value and nothing happened.
 */
export interface Outcome {
  readonly books: Books;
  readonly error: 'none' | 'byteCount' | 'check';
}

/** CHARGE: insert the row if absent and raise the counters; where the row is there, do nothing. No generation is asked. */
export function charge(world: World, rules: Rules, books: Books, instance: InstanceId, vmm: VmmId): Outcome {
  const row = rules.rowId(instance, vmm);
  if (books.rows.has(row)) return { books, error: 'none' };
  return update(world, rules, books, instance, books.rows.set(row, 'charged'), (collection) =>
    collection.set('ram', collection.ram + world.sizeOf(instance)),
  );
}

/** CHARGE for a disk: its "space accounting" node. */
export function chargeDisk(world: World, rules: Rules, books: Books, disk: DiskId): Outcome {
  return update(world, rules, books, disk, books.rows.set(disk, 'charged'), (collection) =>
    collection.set('disk', collection.disk + 1),
  );
}

/** DELETE(max), one atomic statement with two arms: remove the row, lower the counters. */
export function deleteResource(
  world: World,
  rules: Rules,
  state: Pick<State, 'rows' | 'collections' | 'instances'>,
  release: Release,
): Outcome {
  const books = { rows: state.rows, collections: state.collections };
  const row = rules.rowId(release.instance, release.vmm);
  if (!books.rows.has(row)) return { books, error: 'none' };
  const instance = at(state.instances, release.instance);
  const rows = rules.rowGoes(instance, release) ? books.rows.delete(row) : books.rows;
  if (!rules.countersGo(instance, release)) return { books: { ...books, rows }, error: 'none' };
  return update(world, rules, books, release.instance, rows, (collection) =>
    collection.set('ram', rules.subtract(collection.ram, world.sizeOf(release.instance))),
  );
}

/** Updates the collections of an owner together, and returns their rows as the caller's code converts them. */
function update(
  world: World,
  rules: Rules,
  before: Books,
  owner: InstanceId | DiskId,
  rows: Map<RowId, 'charged'>,
  change: (collection: CollectionRow) => CollectionRow,
): Outcome {
  let collections: Map<CollectionId, CollectionRow> = before.collections;
  let negative = false;
  for (const id of world.collectionsOf(owner)) {
    const changed = change(at(collections, id));
    if (rules.refused(changed.ram)) return { books: before, error: 'check' };
    collections = collections.set(id, changed);
    negative ||= changed.ram < 0 || changed.disk < 0;
  }
  return { books: { rows, collections }, error: negative ? 'byteCount' : 'none' };
}
