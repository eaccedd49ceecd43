import { isImmutable } from 'immutable';
import { types } from 'node:util';
import { kindOf, kinded } from '../value/kind';
import { mayChange } from '../value/values';
import { DATA, OPAQUE, PRIMITIVE, type Resolved } from './abstract';
import type { Classes } from './classes';

/** Whether an object is a state or a view, all of data; `isData` tells of what else is in it. */
export type StandsForData = (object: object, isData: (value: unknown) => boolean) => boolean;

/** More members of one collection than this are not looked through. */
const MOST_MEMBERS = 10_000;

/** Objects that are there already: what they are, found out without running anything of the user's. */
export class Objects {
  private readonly data = new WeakMap<object, boolean>();

  constructor(
    private readonly classes: Classes,
    /** States and views: they stand for data, and refuse what may not be read. */
    private readonly standsForData: StandsForData,
  ) {}

  abstract(value: unknown): Resolved {
    if (typeof value === 'function') return { kind: 'captured', value };
    if (typeof value !== 'object' || value === null) return PRIMITIVE;
    if (this.standsForData(value, (part) => this.isData(part))) return DATA;
    if (types.isProxy(value)) return OPAQUE;
    return this.isData(value) ? DATA : { kind: 'captured', value };
  }

  /** Whether a value is data, in all its parts. */
  isData(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return typeof value !== 'function';
    const known = this.data.get(value);
    if (known !== undefined) return known;
    if (this.standsForData(value, (part) => this.isData(part))) return true;
    if (types.isProxy(value) || !isImmutable(value) || mayChange(value)) return false;
    const found = kindOf(value) !== undefined && this.partsAreData(value);
    this.data.set(value, found);
    return found;
  }

  private partsAreData(object: object): boolean {
    const { kind, value } = kinded(object);
    if (kind === 'scalar') return true;
    if (kind === 'Record') {
      this.classes.add(Object.getPrototypeOf(value) as object);
      return value.toSeq().every((part) => this.isData(part));
    }
    if (value.size > MOST_MEMBERS) return false;
    if (kind === 'Map' || kind === 'OrderedMap')
      return value.every((part, key) => this.isData(key) && this.isData(part));
    return (value as { every(holds: (part: unknown) => boolean): boolean }).every((part) =>
      this.isData(part),
    );
  }
}

/**
 * The own properties of an array that is nothing but one: no proxy, no accessor, no property besides its members; they
 * hold what they held when asked.
 */
export function membersOf(value: object): readonly unknown[] | undefined {
  if (types.isProxy(value) || !Array.isArray(value)) return undefined;
  if (Object.getPrototypeOf(value) !== Array.prototype || value.length > MOST_MEMBERS) return undefined;
  const keys = Reflect.ownKeys(value);
  if (keys.length !== value.length + 1) return undefined; // a hole, or more than members
  const members: unknown[] = [];
  for (let i = 0; i < value.length; i++) {
    const property = Object.getOwnPropertyDescriptor(value, i);
    if (!property || !('value' in property)) return undefined;
    members.push(property.value);
  }
  return members;
}

/** The values of a plain object that has no accessors, as a table of the user's is. */
export function valuesOf(value: object): readonly unknown[] | undefined {
  if (types.isProxy(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const properties = Reflect.ownKeys(value).map((key) => Object.getOwnPropertyDescriptor(value, key));
  if (properties.length > MOST_MEMBERS || properties.some((property) => !property || !('value' in property)))
    return undefined;
  return properties.map((property) => property?.value as unknown);
}

/** What is in a Map or Set of JavaScript's own that is nothing but one. */
export function entriesOf(
  value: object,
): { readonly prototype: object; readonly values: readonly unknown[] } | undefined {
  if (types.isProxy(value) || Reflect.ownKeys(value).length > 0) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (types.isMap(value) && prototype === Map.prototype)
    return { prototype, values: [...Map.prototype.values.call(value)] as unknown[] };
  if (types.isSet(value) && prototype === Set.prototype)
    return { prototype, values: [...Set.prototype.values.call(value)] as unknown[] };
  return undefined;
}

/** What reading a property of an object does: the property, undefined for none, null where that can't be told. */
export function propertyOf(object: object, name: string): PropertyDescriptor | undefined | null {
  for (let p: object | null = object; p; p = Object.getPrototypeOf(p) as object | null) {
    if (types.isProxy(p)) return null;
    const property = Object.getOwnPropertyDescriptor(p, name);
    if (property) return property;
  }
  return undefined;
}

/** Whether `instanceof` asks a function what it asks of any: its own prototype. */
export function isPlainClass(fn: object): boolean {
  const property = propertyOf(fn, 'prototype');
  const asks = hasInstance(fn);
  return !!property && 'value' in property && asks === hasInstance(Function.prototype);
}

function hasInstance(fn: object): unknown {
  for (let p: object | null = fn; p; p = Object.getPrototypeOf(p) as object | null) {
    if (types.isProxy(p)) return undefined;
    const property = Object.getOwnPropertyDescriptor(p, Symbol.hasInstance);
    if (property) return property.value;
  }
  return undefined;
}
