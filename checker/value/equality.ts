import { fieldsOf, kindOf, kinded } from './kind';
import type { ValueId, Values } from './values';

/**
 * Which values Immutable calls equal: those of one class. It tells fewer apart than a state does, since it looks neither
 * at a Record's name, class and defaults nor at whether something is a List or a Stack.
 */
export class Equality {
  /** By id, where it was asked for. */
  private readonly classes: number[] = [];
  private readonly byText = new Map<string, number>();

  constructor(private readonly values: Values) {}

  /** The number of a value's class: `is(a, b)` exactly where the numbers are the same. */
  classOf(id: ValueId): number {
    const known = this.classes[id];
    if (known !== undefined) return known;
    const text = this.textOf(id);
    const number = this.byText.get(text) ?? this.byText.size;
    this.byText.set(text, number);
    return (this.classes[id] = number);
  }

  private textOf(id: ValueId): string {
    const { kind, value: it } = kinded(this.values.valueOf(id));
    const of = (value: unknown) => this.classOf(this.values.idOf(value));
    switch (kind) {
      case 'scalar':
        return `scalar ${id}`;
      case 'Map':
        return `Map ${[...it]
          .map(([key, value]) => `${of(key)},${of(value)}`)
          .sort()
          .join(';')}`;
      case 'OrderedMap':
        return `OrderedMap ${[...it].map(([key, value]) => `${of(key)},${of(value)}`).join(';')}`;
      case 'Set':
        return `Set ${[...it].map(of).sort().join()}`;
      case 'OrderedSet':
        return `OrderedSet ${[...it].map(of).join()}`;
      case 'List':
      case 'Stack':
        return `indexed ${[...it].map(of).join()}`;
      case 'Record':
        return `Record ${JSON.stringify([...it.toSeq()].map(([field, value]) => [field, of(value)]).sort())}`;
    }
  }

  /** The first parts of two equal values that are of different kinds; undefined where there are none. */
  apart(one: unknown, other: unknown): readonly [unknown, unknown] | undefined {
    if (one === other) return undefined;
    const { kind, value: it } = kinded(one);
    switch (kind) {
      case 'scalar':
        return undefined;
      case 'Map':
      case 'OrderedMap': {
        const others = other as typeof it;
        return this.apartAmong(it.keys(), others.keys()) ?? this.apartAt(it.keys(), it, others);
      }
      case 'Set':
      case 'OrderedSet':
        return this.apartAmong(it, other as typeof it);
      case 'List':
      case 'Stack':
        return kindOf(other) === kind ? this.apartAt(it.keys(), it, other as typeof it) : [one, other];
      case 'Record': {
        const others = other as typeof it;
        return this.values.shapeOf(it) === this.values.shapeOf(others)
          ? this.apartAt(fieldsOf(it), it, others)
          : [one, other];
      }
    }
  }

  private apartAt<K>(
    keys: Iterable<K>,
    one: { get(key: K): unknown },
    other: { get(key: K): unknown },
  ): readonly [unknown, unknown] | undefined {
    for (const key of keys) {
      const found = this.apart(one.get(key), other.get(key));
      if (found) return found;
    }
    return undefined;
  }

  private apartAmong(
    some: Iterable<unknown>,
    others: Iterable<unknown>,
  ): readonly [unknown, unknown] | undefined {
    const classOf = (part: unknown) => this.classOf(this.values.idOf(part));
    const equals = new Map([...others].map((part) => [classOf(part), part]));
    for (const part of some) {
      const found = this.apart(part, equals.get(classOf(part)));
      if (found) return found;
    }
    return undefined;
  }
}
