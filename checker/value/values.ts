import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable';
import { insertionOrder, iterationOrder } from './iterationOrder';
import { fieldsOf, kindOf, kinded } from './kind';
import { NotAValueError } from './refusal';
import { STANDS_FOR, isStandIn } from './standIn';
import { valueText } from './text';

/** A small whole number that stands for one value: equal ids, equal values. Meaningful within one `Values`. */
export type ValueId = number;

/**
 * Gives every state value one id and one canonical form. Two values have the same id exactly when they
 * are built alike (kind; a Record's name, fields and defaults) from parts with the same ids. Immutable's
 * `hashCode` takes no part in it: it collides by design. Canonical Maps and Sets are built in the order of
 * `iterationOrder`, so that equal values iterate alike however the user's code came by them.
 */
export class Values {
  private readonly canonical: unknown[] = [];
  private readonly scalars = new globalThis.Map<unknown, ValueId>();
  private readonly structures = new globalThis.Map<string, ValueId>();
  private readonly known = new WeakMap<object, ValueId>();
  private readonly shapes = new WeakMap<object, string>();

  /** The id of a value. Throws `NotAValueError` where it, or a part of it, can be no part of a state. */
  idOf(value: unknown): ValueId {
    return this.intern(value, []);
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

  private intern(value: unknown, path: readonly string[]): ValueId {
    if (typeof value !== 'object' || value === null) return this.internScalar(value, path);
    if (isStandIn(value)) return this.intern(value[STANDS_FOR](), path);
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const id = this.internCollection(value, path);
    this.known.set(value, id);
    return id;
  }

  private internScalar(value: unknown, path: readonly string[]): ValueId {
    const known = this.scalars.get(value);
    if (known !== undefined) return known;
    if (kindOf(value) === undefined) throw new NotAValueError(value, path);
    const scalar = value === 0 ? 0 : value; // −0 equals 0 for Immutable, so it must be the same value here
    const id = this.canonical.push(scalar) - 1;
    this.scalars.set(scalar, id);
    return id;
  }

  private internCollection(object: object, path: readonly string[]): ValueId {
    if (kindOf(object) === undefined) throw new NotAValueError(object, path);
    const { kind, value } = kinded(object);
    switch (kind) {
      case 'Map':
      case 'OrderedMap': {
        const pairs: (readonly [ValueId, ValueId])[] = [];
        value.forEach((member, key) => {
          const keyId = this.intern(key, [...path, `{key ${label(key)}}`]);
          pairs.push([keyId, this.intern(member, [...path, `.${label(key)}`])]);
        });
        if (kind === 'Map') pairs.sort((a, b) => a[0] - b[0]);
        return this.structure(`${kind}:${pairs.join(';')}`, () => {
          const entries = pairs.map(([k, v]) => [this.canonical[k], this.canonical[v]] as [unknown, unknown]);
          return kind === 'Map'
            ? Map(
                insertionOrder(
                  entries.sort((a, b) => iterationOrder(a[0], b[0])),
                  ([key]) => key,
                ),
              )
            : OrderedMap(entries);
        });
      }
      case 'Set':
      case 'OrderedSet': {
        const ids: ValueId[] = [];
        value.forEach((member) => ids.push(this.intern(member, [...path, `{member ${label(member)}}`])));
        if (kind === 'Set') ids.sort((a, b) => a - b);
        return this.structure(`${kind}:${ids.join(',')}`, () => {
          const members = ids.map((id) => this.canonical[id]);
          return kind === 'Set'
            ? Set(insertionOrder(members.sort(iterationOrder), (member) => member))
            : OrderedSet(members);
        });
      }
      case 'List':
      case 'Stack': {
        const ids = value.toArray().map((member, index) => this.intern(member, [...path, `[${index}]`]));
        return this.structure(`${kind}:${ids.join(',')}`, () => {
          const members = ids.map((id) => this.canonical[id]);
          return kind === 'List' ? List(members) : Stack(members);
        });
      }
      case 'Record': {
        const fields = fieldsOf(value);
        const ids = fields.map((field) => this.intern(value.get(field), [...path, `.${field}`]));
        return this.structure(`${this.shapeOf(value)}:${ids.join(',')}`, () =>
          fields.reduce((record, field, i) => record.set(field, this.canonical[ids[i] ?? 0]), value),
        );
      }
      default:
        return this.internScalar(value, path);
    }
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

  /** Two Record factories are one shape where their name, fields and defaults agree: `remove` restores defaults. */
  private shapeOf(record: Record<{ [field: string]: unknown }>): string {
    const prototype = Object.getPrototypeOf(record) as object;
    const known = this.shapes.get(prototype);
    if (known !== undefined) return known;
    const name = Record.getDescriptiveName(record);
    const defaults = record.clear();
    const shape = JSON.stringify([
      'Record',
      name,
      fieldsOf(record).map((field) => [field, this.defaultId(defaults.get(field))]),
    ]);
    this.shapes.set(prototype, shape);
    return shape;
  }

  /** A default need be no value as long as no state holds it (`undefined` for a field that is always set). */
  private defaultId(value: unknown): ValueId | string {
    return kindOf(value) === undefined ? typeof value : this.intern(value, []);
  }
}

/** A key or member as a path shows it; an illegal one must not make the error about it fail. */
function label(value: unknown): string {
  return kindOf(value) === undefined ? String(value) : valueText(value);
}
