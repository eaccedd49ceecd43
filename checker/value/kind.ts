import {
  Record,
  isList,
  isMap,
  isOrderedMap,
  isOrderedSet,
  isRecord,
  isSet,
  isStack,
  type List,
  type Map,
  type OrderedMap,
  type OrderedSet,
  type Set,
  type Stack,
} from 'immutable';
import type { Scalar } from '../../spec/index';

/** A legal value sorted by how it is built. Equality never crosses kinds. */
export type Kinded =
  | { readonly kind: 'scalar'; readonly value: Scalar }
  | { readonly kind: 'Map'; readonly value: Map<unknown, unknown> }
  | { readonly kind: 'OrderedMap'; readonly value: OrderedMap<unknown, unknown> }
  | { readonly kind: 'Set'; readonly value: Set<unknown> }
  | { readonly kind: 'OrderedSet'; readonly value: OrderedSet<unknown> }
  | { readonly kind: 'List'; readonly value: List<unknown> }
  | { readonly kind: 'Stack'; readonly value: Stack<unknown> }
  | { readonly kind: 'Record'; readonly value: Record<{ [field: string]: unknown }> };

export type Kind = Kinded['kind'];

/** The kind of a value, or undefined where it can be no part of a state. Looks at the top level only. */
export function kindOf(value: unknown): Kind | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return 'scalar';
    case 'number':
      return Number.isNaN(value) ? undefined : 'scalar';
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return 'scalar';
  try {
    return collectionKind(value);
  } catch {
    return undefined; // a Proxy, or a getter, that throws
  }
}

function collectionKind(value: object): Kind | undefined {
  if (isOrderedMap(value)) return 'OrderedMap';
  if (isMap(value)) return 'Map';
  if (isOrderedSet(value)) return 'OrderedSet';
  if (isSet(value)) return 'Set';
  if (isList(value)) return 'List';
  if (isStack(value)) return 'Stack';
  if (isRecord(value)) return 'Record';
  return undefined;
}

/** The value with its kind, for a `switch` that narrows. The value must be legal. */
export function kinded(value: unknown): Kinded {
  return { kind: kindOf(value) ?? 'scalar', value } as Kinded;
}

const fieldsByPrototype = new WeakMap<object, readonly string[]>();

/** A Record's field names, in the order its factory declares them. */
export function fieldsOf(record: Record<{ [field: string]: unknown }>): readonly string[] {
  const prototype = Object.getPrototypeOf(record) as object;
  let fields = fieldsByPrototype.get(prototype);
  if (fields === undefined)
    fieldsByPrototype.set(prototype, (fields = record.toSeq().keySeq().toArray() as string[]));
  return fields;
}

const ORGANS: ReadonlySet<string | symbol> = new globalThis.Set(Reflect.ownKeys(Record({ field: 0 })()));

/** A property of a Record of its own, besides its fields: a field that its class declares. */
export function ownsMore(record: object): string | symbol | undefined {
  const own = Reflect.ownKeys(record);
  return own.length > ORGANS.size ? own.find((key) => !ORGANS.has(key)) : undefined;
}

/** The method by which a Record's class says itself what is equal, or undefined where it leaves that to Immutable. */
export function equalsByItself(prototype: object): string | undefined {
  let base = prototype;
  for (let p = base; p !== Object.prototype; p = Object.getPrototypeOf(p) as object) base = p;
  const of = (object: object, name: string) => (object as { [name: string]: unknown })[name];
  return ['equals', 'hashCode', 'valueOf'].find((name) => of(prototype, name) !== of(base, name));
}
