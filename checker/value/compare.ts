import { Record } from 'immutable';
import { fieldsOf, kinded, type Kind } from './kind';

const KINDS: readonly Kind[] = [
  'scalar',
  'Record',
  'List',
  'Stack',
  'Set',
  'OrderedSet',
  'Map',
  'OrderedMap',
];
const SCALARS: readonly string[] = ['object', 'boolean', 'number', 'bigint', 'string'];

/**
 * A total order on canonical values that depends on content alone: the order in which a Map's keys and a
 * Set's members are shown to people.
 */
export function compare(left: unknown, right: unknown): number {
  if (left === right) return 0;
  const a = kinded(left);
  const b = kinded(right);
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  if (a.kind === 'scalar' || b.kind === 'scalar') return compareScalars(left, right);
  return compareLists(partsOf(left), partsOf(right));
}

function compareScalars(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) return SCALARS.indexOf(typeof a) - SCALARS.indexOf(typeof b);
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** What a canonical collection consists of, in its canonical order; a Record's fields come with its names. */
function partsOf(value: unknown): unknown[] {
  const { kind, value: collection } = kinded(value);
  switch (kind) {
    case 'scalar':
      return [collection];
    case 'Map':
      return [...collection.keys()].sort(compare).flatMap((key) => [key, collection.get(key)]);
    case 'OrderedMap':
      return [...collection.keys()].flatMap((key) => [key, collection.get(key)]);
    case 'Set':
      return [...collection].sort(compare);
    case 'Record':
      return [
        Record.getDescriptiveName(collection),
        ...fieldsOf(collection).flatMap((field) => [field, collection.get(field)]),
      ];
    default:
      return [...collection];
  }
}
