import { Record, isRecord } from 'immutable';
import { textOf } from './source';

/** Properties that a class of the user's which extends a Record gives its instances, besides the fields. */
type Own = ReadonlyMap<string, PropertyDescriptor>;

/** Under this name stand all properties that are named by symbols. */
const SYMBOLS = 'Symbol';

/**
 * The classes of Records met so far, and what the user gave them: methods and accessors, which run where a property
 * of a value is read.
 */
export class Classes {
  private readonly known = new Set<object>();
  private readonly byName = new Map<string, PropertyDescriptor[]>();
  /** Whether a class does in a way of its own what Immutable or JavaScript ask of any value: nothing is known then. */
  overriding = false;
  /** Whether reading a property of a value may run something of the user's. */
  accessors = false;

  /** How many classes were met: what was found out with fewer may not hold with more. */
  get count(): number {
    return this.known.size;
  }

  /** Takes note of the class of a Record, by its prototype. */
  add(prototype: object): void {
    if (this.known.has(prototype)) return;
    this.known.add(prototype);
    const base = immutablesOwn(prototype);
    for (const [name, property] of ownOf(prototype, base)) {
      this.byName.set(name, [...this.named(name), property]);
      this.accessors ||= property.get !== undefined;
      if (base === null || name === SYMBOLS || name in base) this.overriding = true;
    }
  }

  /** What classes of the user's have under a name. */
  named(name: string): readonly PropertyDescriptor[] {
    return this.byName.get(name) ?? [];
  }
}

/** What stands between a Record and Immutable's own prototype, but for the accessors of fields. */
function ownOf(prototype: object, base: object | null): Own {
  const own = new Map<string, PropertyDescriptor>();
  for (let p: object | null = prototype; p && p !== base; p = Object.getPrototypeOf(p) as object | null)
    for (const key of Reflect.ownKeys(p)) {
      const property = Object.getOwnPropertyDescriptor(p, key) as PropertyDescriptor;
      const isField =
        Object.getPrototypeOf(p) === base &&
        property.get !== undefined &&
        textOf(property.get) === fieldAccessor();
      if (key !== 'constructor' && !isField) own.set(typeof key === 'string' ? key : SYMBOLS, property);
    }
  return own;
}

/** Immutable's own prototype of all Records, in whichever copy of Immutable this one was made; null where it has none. */
function immutablesOwn(prototype: object): object | null {
  for (let p: object | null = prototype; p; p = Object.getPrototypeOf(p) as object | null)
    if (Object.hasOwn(p, '@@__IMMUTABLE_RECORD__@@')) return p;
  return null;
}

/** Whether a function makes Records, and is no class of the user's. */
export function isRecordFactory(fn: object): boolean {
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value;
  return (
    typeof prototype === 'object' &&
    isRecord(prototype) &&
    Object.getPrototypeOf(prototype) === immutablesOwn(prototype) &&
    textOf(fn) === textOf(Record({}))
  );
}

let accessor: string | undefined;

/** The text of the getters that Immutable gives the fields of a Record. */
function fieldAccessor(): string {
  const prototype = Object.getPrototypeOf(Record({ field: 0 })()) as object;
  return (accessor ??= textOf(Object.getOwnPropertyDescriptor(prototype, 'field')?.get as () => unknown));
}
