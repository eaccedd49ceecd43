import { Record, isCollection, isRecord } from 'immutable';
import { equalsByItself, kindOf, ownsMore } from './kind';
import { valueText } from './text';

/** Why a value can be no part of a state, and what to use in its place. */
export interface Refusal {
  /** What it is, as a person would name it: "a Date", "NaN". */
  readonly what: string;
  readonly instead: string;
}

/** Thrown where a value that is no state value was met. `path` leads to it: `.owner`, `[3]`, `{key}`. */
export class NotAValueError extends Error {
  readonly refusal: Refusal;
  readonly path: readonly string[];
  private readonly value: unknown;

  constructor(value: unknown, path: readonly string[]) {
    const refusal = refusalOf(value);
    super(`${refusal.what} is no state value`);
    this.refusal = refusal;
    this.path = path;
    this.value = value;
  }

  /** The same refusal, seen from further up. */
  below(path: readonly string[]): NotAValueError {
    return new NotAValueError(this.value, [...path, ...this.path]);
  }
}

/** Looks at a part of a value; a refusal of it, or of what is in there, is told with its name. */
export function at<T>(name: () => string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof NotAValueError) throw error.below([name()]);
    throw error;
  }
}

/** A key or member as a path shows it; an illegal one must not make the error about it fail. */
export function label(value: unknown): string {
  try {
    return kindOf(value) === undefined ? String(value) : valueText(value);
  } catch {
    return '…';
  }
}

/** Names an illegal value: one that has no kind, or a Record that Immutable's is not. Never throws, whatever the value answers. */
export function refusalOf(value: unknown): Refusal {
  try {
    return namedRefusal(value);
  } catch {
    return { what: 'an object that can not be looked at', instead: 'use an Immutable Record or Map' };
  }
}

function namedRefusal(value: unknown): Refusal {
  if (value === undefined) return { what: 'undefined', instead: 'use null, or leave the key out' };
  if (typeof value === 'number') return { what: 'NaN', instead: 'it is not equal to itself; use null' };
  if (typeof value === 'function')
    return {
      what: `a function (${(value as () => void).name || 'unnamed'})`,
      instead: 'keep data, not code',
    };
  if (typeof value === 'symbol') return { what: 'a symbol', instead: 'use a string' };
  if (Array.isArray(value)) return { what: 'a plain array', instead: 'use an Immutable List' };
  if (isRecord(value)) return refusedRecord(value);
  if (isCollection(value))
    return { what: 'a lazy Seq', instead: 'end it with .toList(), .toSet() or .toMap()' };
  const name = constructorName(value as object);
  if (name === 'Object' || name === undefined)
    return { what: 'a plain object', instead: 'use an Immutable Record or Map' };
  if (name === 'Map' || name === 'Set')
    return { what: `a JavaScript ${name}`, instead: `use Immutable's ${name}` };
  if (name === 'Date') return { what: 'a Date', instead: 'use a number' };
  return { what: `an instance of ${name}`, instead: 'use an Immutable Record' };
}

function refusedRecord(record: Record<object>): Refusal {
  const name = Record.getDescriptiveName(record);
  const own = ownsMore(record);
  if (own !== undefined)
    return {
      what: `a ${name} with a property '${String(own)}' beside its fields`,
      instead: 'a Record loses it when a field is set; make it a field, or a getter of the class',
    };
  const method = equalsByItself(Object.getPrototypeOf(record) as object);
  return {
    what: `a ${name}, whose class has a '${method ?? ''}' of its own`,
    instead: "leave equality to Immutable's Record, which compares fields; give such a method another name",
  };
}

function constructorName(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null
    ? undefined
    : (prototype as { constructor?: { name?: string } }).constructor?.name;
}
