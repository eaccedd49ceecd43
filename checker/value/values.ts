import type { Scalar } from '../../spec/index';
import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable';
import { insertionOrder, iterationOrder } from './iterationOrder';
import { Equality } from './equality';
import { ValueDigests } from './digest';
import { equalsByItself, fieldsOf, kindOf, kinded, ownsMore } from './kind';
import { NotAValueError, at, label } from './refusal';
import { STANDS_FOR, isStandIn } from './standIn';

/** A small whole number that stands for one value: equal ids, equal values. Meaningful within one `Values`. */
export type ValueId = number;

/**
 * Gives every state value one id and one canonical form. Two values have the same id exactly when they
 * are built alike (kind; the factory or class of a Record) from parts with the same ids. Immutable's
 * `hashCode` takes no part in it: it collides by design. Canonical Maps and Sets are built in the order of
 * `iterationOrder`, so that equal values iterate alike however the user's code came by them.
 */
export class Values {
  private readonly canonical: unknown[] = [];
  private readonly scalars = new globalThis.Map<unknown, ValueId>();
  private readonly structures = new globalThis.Map<string, ValueId>();
  private readonly known = new WeakMap<object, ValueId>();
  /** Numbers of Record shapes, by prototype. */
  private readonly shapes = new WeakMap<object, number>();
  /** The prototypes of all Records met, each once, by the numbers of their shapes. */
  readonly recordPrototypes: object[] = [];
  /** The fields of shapes, as texts: shapes with the same may have equal Records. */
  private readonly fieldTexts = new globalThis.Set<string>();
  /** What is to be seen of shapes, numbered, by the numbers of the shapes. */
  private readonly looks: number[] = [];
  private readonly looksByText = new globalThis.Map<string, number>();
  private lists = false;
  private stacks = false;
  private twins = false;
  /** What values are, in digests that no process and no order has a part in. */
  readonly digests = new ValueDigests();
  private readonly lookDigests: Int32Array[] = [];
  /** Which values Immutable calls equal. */
  readonly equality = new Equality(this);

  /** The id of a value. Throws `NotAValueError` where it, or a part of it, can be no part of a state. */
  idOf(value: unknown): ValueId {
    if (typeof value !== 'object' || value === null) return this.idOfScalar(value);
    const known = this.known.get(value);
    if (known !== undefined) return known;
    if (isStandIn(value)) return this.idOf(value[STANDS_FOR]());
    const id = this.idOfCollection(value);
    if (!mayChange(value)) this.known.set(value, id);
    return id;
  }

  /** The canonical value of an id. */
  valueOf(id: ValueId): unknown {
    return this.canonical[id];
  }

  /** The canonical form of a value. Throws as `idOf`. */
  canonicalOf(value: unknown): unknown {
    return this.canonical[this.idOf(value)];
  }

  /** How many distinct values are known. */
  get size(): number {
    return this.canonical.length;
  }

  /** The id of a Map, or an ordered one, of some entries: ids of keys, which all differ, and of what is there. */
  idOfEntries(kind: 'Map' | 'OrderedMap', entries: [key: ValueId, value: ValueId][]): ValueId {
    if (kind === 'Map') entries.sort((a, b) => a[0] - b[0]);
    let text: string = kind;
    for (const [key, value] of entries) text += `;${key},${value}`;
    return this.structure(text, () => {
      this.digests.addEntries(kind, entries);
      const pairs = entries.map(([k, v]) => [this.canonical[k], this.canonical[v]] as [unknown, unknown]);
      if (kind === 'OrderedMap') return OrderedMap(pairs);
      const inOrder = pairs.sort((a, b) => iterationOrder(a[0], b[0]));
      return Map(insertionOrder(inOrder, ([key]) => key));
    });
  }

  /** The id of a collection of members, by their ids, in order where that counts. A Set's must all differ. */
  idOfMembers(kind: 'Set' | 'OrderedSet' | 'List' | 'Stack', ids: ValueId[]): ValueId {
    if (kind === 'Set') ids.sort((a, b) => a - b);
    this.lists ||= kind === 'List';
    this.stacks ||= kind === 'Stack';
    return this.structure(`${kind}:${ids.join(',')}`, () => {
      this.digests.addMembers(kind, ids);
      const members = ids.map((id) => this.canonical[id]);
      switch (kind) {
        case 'Set':
          return Set(insertionOrder(members.sort(iterationOrder), (member) => member));
        case 'OrderedSet':
          return OrderedSet(members);
        case 'List':
          return List(members);
        case 'Stack':
          return Stack(members);
      }
    });
  }

  /** The id of a Record of an example's kind whose fields, in their order, have the values of these ids. */
  idOfRecord(example: Record<{ [field: string]: unknown }>, ids: readonly ValueId[]): ValueId {
    const shape = this.shapeOf(example);
    return this.structure(`Record ${shape}:${ids.join(',')}`, () => {
      this.digests.addRecord(this.lookDigestOf(shape), ids);
      // From nothing, as its factory makes it: what is made of whichever equal one came first would look inside as that
      // one did, to whoever compares deeply.
      return example.clear().withMutations((record) => {
        for (const [i, field] of fieldsOf(example).entries())
          record.set(field, this.canonical[ids[i] as ValueId]);
      });
    });
  }

  private idOfScalar(value: unknown): ValueId {
    const known = this.scalars.get(value);
    if (known !== undefined) return known;
    if (kindOf(value) === undefined) throw new NotAValueError(value, []);
    const scalar = value === 0 ? 0 : value; // −0 equals 0 for Immutable, so it must be the same value here
    const id = this.canonical.push(scalar) - 1;
    this.digests.addScalar(scalar as Scalar);
    this.scalars.set(scalar, id);
    return id;
  }

  private idOfCollection(object: object): ValueId {
    if (kindOf(object) === undefined) throw new NotAValueError(object, []);
    const { kind, value } = kinded(object);
    switch (kind) {
      case 'Map':
      case 'OrderedMap': {
        const entries: [ValueId, ValueId][] = [];
        value.forEach((member, key) => {
          const keyId = this.idOfPart(key, () => `{key ${label(key)}}`);
          entries.push([keyId, this.idOfPart(member, () => `.${label(key)}`)]);
        });
        return this.idOfEntries(kind, entries);
      }
      case 'Set':
      case 'OrderedSet': {
        const ids: ValueId[] = [];
        value.forEach((member) => ids.push(this.idOfPart(member, () => `{member ${label(member)}}`)));
        return this.idOfMembers(kind, ids);
      }
      case 'List':
      case 'Stack': {
        const ids: ValueId[] = [];
        value.forEach((member, index) => ids.push(this.idOfPart(member, () => `[${index}]`)));
        return this.idOfMembers(kind, ids);
      }
      case 'Record': {
        requireBare(value);
        const ids = fieldsOf(value).map((field) => this.idOfPart(value.get(field), () => `.${field}`));
        return this.idOfRecord(value, ids);
      }
      default:
        return this.idOfScalar(value);
    }
  }

  private idOfPart(value: unknown, name: () => string): ValueId {
    return at(name, () => this.idOf(value));
  }

  private structure(key: string, build: () => object): ValueId {
    const known = this.structures.get(key);
    if (known !== undefined) return known;
    const built = build();
    const id = this.canonical.push(built) - 1;
    this.structures.set(key, id);
    this.known.set(built, id);
    return id;
  }

  /** Whether there are values of two kinds that Immutable may call equal. */
  get confusable(): boolean {
    return this.twins || (this.lists && this.stacks);
  }

  /** The number of a Record's shape: its factory or class, each of which is one of its own. Throws as `idOf`. */
  shapeOf(record: Record<{ [field: string]: unknown }>): number {
    const prototype = Object.getPrototypeOf(record) as object;
    const known = this.shapes.get(prototype);
    if (known !== undefined) return known;
    if (equalsByItself(prototype)) throw new NotAValueError(record, []);
    const fields = fieldsOf(record);
    const defaults = record.clear();
    const lookBy = (name: (value: unknown) => number | string) =>
      JSON.stringify([
        Record.getDescriptiveName(record),
        classesOf(prototype),
        fields.map((field) => [field, this.ofDefault(defaults.get(field), name)]),
      ]);
    const look = lookBy((value) => this.idOf(value));
    const shape = this.recordPrototypes.push(prototype) - 1;
    this.looks[shape] = this.looksByText.get(look) ?? this.looksByText.size;
    this.looksByText.set(look, this.looks[shape]);
    this.shapes.set(prototype, shape);
    this.lookDigests[shape] = this.digests.lookOf(lookBy((value) => this.digests.textOf(this.idOf(value))));
    const names = JSON.stringify([...fields].sort());
    this.twins ||= this.fieldTexts.has(names);
    this.fieldTexts.add(names);
    return shape;
  }

  /** The same number for shapes that nothing but their factory tells apart: not their names, classes' names, fields or defaults. */
  lookOf(shape: number): number {
    return this.looks[shape] as number;
  }

  /** A digest of what `lookOf` numbers. */
  lookDigestOf(shape: number): Int32Array {
    return this.lookDigests[shape] as Int32Array;
  }

  /** A default need be no value as long as no state holds it (`undefined` for a field that is always set). */
  private ofDefault(value: unknown, name: (value: unknown) => number | string): number | string {
    return kindOf(value) === undefined ? `no value: ${typeof value}` : name(value);
  }
}

/** Refuses a Record that has something besides its fields, which it loses whenever it changes. */
export function requireBare(record: Record<{ [field: string]: unknown }>): void {
  if (ownsMore(record)) throw new NotAValueError(record, []);
}

/** The names of the classes that extend a Record, up to the Record itself. */
function classesOf(prototype: object): string[] {
  const names: string[] = [];
  for (
    let p = prototype;
    p !== Record.prototype && p !== Object.prototype;
    p = Object.getPrototypeOf(p) as object
  )
    names.push((p.constructor as { name: string }).name);
  return names;
}

/** Whether a collection is one of Immutable's mutable ones: it may have another value the next time. */
export function mayChange(collection: object): boolean {
  return ((collection as { __ownerID?: unknown }).__ownerID ?? null) !== null;
}
