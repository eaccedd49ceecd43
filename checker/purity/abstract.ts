import type { FunctionNode } from './source';
import type { Environment } from './environment';

/**
 * What is known of a value before anything is run.
 *
 * - `primitive`: a string, number, bigint, boolean, symbol, null or undefined.
 * - `data`: that, or one of Immutable's collections or Records of data. Reading it, comparing it and turning it to text
 *   leaves no trace, and neither does what its properties give.
 * - `array`, `object`: made by the code that is looked into, so that nobody else has it.
 * - `written`: a function that stands in the code that is looked into.
 * - `captured`: an object or function that was there before; this very one.
 * - `free`: a name that the code does not declare. What it means is found out only where that matters.
 * - `none`: what is given by what never answers: a recursion that is not known to come to an end.
 * - `opaque`: anything at all. It may be handed on, compared by identity, and asked whether it is truthy.
 */
export type Abstract = Resolved | { readonly kind: 'free'; resolve(): Resolved };

export type Resolved =
  | { readonly kind: 'primitive' }
  | { readonly kind: 'data' }
  | { readonly kind: 'array'; readonly of: Abstract }
  | { readonly kind: 'object'; readonly of: ReadonlyMap<string, Abstract> }
  | { readonly kind: 'written'; readonly node: FunctionNode; readonly environment: Environment }
  | { readonly kind: 'captured'; readonly value: object }
  | { readonly kind: 'none' }
  | { readonly kind: 'opaque' };

export const PRIMITIVE: Resolved = { kind: 'primitive' };
export const DATA: Resolved = { kind: 'data' };
export const NONE: Resolved = { kind: 'none' };
export const OPAQUE: Resolved = { kind: 'opaque' };

export function resolved(value: Abstract): Resolved {
  return value.kind === 'free' ? value.resolve() : value;
}

/** What is known of a value that is one or the other. */
export function either(a: Abstract, b: Abstract): Abstract {
  if (a === b) return a;
  if (a.kind === 'free' || b.kind === 'free')
    return { kind: 'free', resolve: () => resolved(either(resolved(a), resolved(b))) };
  if (a.kind === 'none') return b;
  if (b.kind === 'none') return a;
  if (a.kind === 'captured' && b.kind === 'captured' && a.value === b.value) return a;
  if (a.kind === 'array' && b.kind === 'array') return { kind: 'array', of: either(a.of, b.of) };
  if (!isData(a) || !isData(b)) return OPAQUE;
  return a.kind === 'primitive' && b.kind === 'primitive' ? PRIMITIVE : DATA;
}

export function anyOf(values: readonly Abstract[]): Abstract {
  return values.length === 0 ? PRIMITIVE : values.reduce(either);
}

/** Whether a value is data, so that nobody can change it. */
export function isData(value: Abstract): boolean {
  const { kind } = resolved(value);
  return kind === 'primitive' || kind === 'data' || kind === 'none';
}

/** Whether all that one may be is among what the other may be. */
export function isWithin(one: Abstract, other: Abstract): boolean {
  const [a, b] = [resolved(one), resolved(other)];
  if (a === b || a.kind === 'none' || b.kind === 'opaque') return true;
  if (a.kind === 'array') return b.kind === 'array' && isWithin(a.of, b.of);
  if (a.kind === 'captured') return b.kind === 'captured' && a.value === b.value;
  return a.kind === 'primitive' ? isData(b) && b.kind !== 'none' : a.kind === 'data' && b.kind === 'data';
}

/** Whether a value is data, or new arrays and objects of data: turning it to text leaves no trace. */
export function isPlain(value: Abstract): boolean {
  const it = resolved(value);
  switch (it.kind) {
    case 'array':
      return isPlain(it.of);
    case 'object':
      return [...it.of.values()].every(isPlain);
    default:
      return isData(it);
  }
}
