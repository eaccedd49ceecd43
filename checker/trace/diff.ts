import { isOrderedMap, isOrderedSet, Map, Set } from 'immutable';
import { fieldsOf, kinded } from '../value/kind';
import { ABSENT, valueText } from '../value/text';
import type { State } from '../model/model';

/** One place where two states differ: `rows.i1: charged → –`. */
export interface Change {
  /** Variable, then keys, fields and indices: `rows.i1`, `queue[0]`; a Set's member in braces: `messages{m1}`. */
  readonly path: string;
  /** Absent where there was nothing before. */
  readonly before?: unknown;
  /** Absent where there is nothing after. */
  readonly after?: unknown;
}

/** Where two states of one spec differ, variable by variable, at the smallest places that can be named. */
export function diff(before: State, after: State): Change[] {
  return Object.keys(before).flatMap((variable) => diffValues(variable, before[variable], after[variable]));
}

/** A change as one line. */
export function changeText(change: Change): string {
  const text = (side: 'before' | 'after') => (side in change ? valueText(change[side]) : ABSENT);
  for (const [side, other, sign] of [
    ['after', 'before', '+'],
    ['before', 'after', '-'],
  ] as const) {
    const set = other in change ? undefined : setOf(change.path, text(side));
    if (set !== undefined) return `${set}: ${sign} ${text(side)}`;
  }
  return `${change.path}: ${text('before')} → ${text('after')}`;
}

/** The set's own path if a path is that of a member; a Map's key may end in a brace as well, after a dot. */
function setOf(path: string, member: string): string | undefined {
  const set = path.endsWith(`{${member}}`) ? path.slice(0, -member.length - 2) : undefined;
  return set?.endsWith('.') ? undefined : set;
}

function diffValues(path: string, before: unknown, after: unknown): Change[] {
  if (before === after) return [];
  const a = kinded(before);
  const b = kinded(after);
  if (a.kind === b.kind) {
    if (a.kind === 'Record' && b.kind === 'Record' && sameShape(a.value, b.value))
      return fieldsOf(a.value).flatMap((field) =>
        diffValues(`${path}.${field}`, a.value.get(field), b.value.get(field)),
      );
    if (a.kind === 'Map' && b.kind === 'Map' && !isOrderedMap(before))
      return diffMaps(path, a.value, b.value);
    if (a.kind === 'Set' && b.kind === 'Set' && !isOrderedSet(before))
      return diffSets(path, a.value, b.value);
    if (a.kind === 'List' && b.kind === 'List' && a.value.size === b.value.size)
      return a.value
        .toArray()
        .flatMap((member, index) => diffValues(`${path}[${index}]`, member, b.value.get(index)));
  }
  return [{ path, before, after }];
}

function diffMaps(path: string, before: Map<unknown, unknown>, after: Map<unknown, unknown>): Change[] {
  const keys = [...before.keys(), ...[...after.keys()].filter((key) => !before.has(key))];
  return keys.flatMap((key): Change[] => {
    const at = `${path}.${valueText(key)}`;
    if (!after.has(key)) return [{ path: at, before: before.get(key) }];
    if (!before.has(key)) return [{ path: at, after: after.get(key) }];
    return diffValues(at, before.get(key), after.get(key));
  });
}

function diffSets(path: string, before: Set<unknown>, after: Set<unknown>): Change[] {
  const at = (member: unknown) => `${path}{${valueText(member)}}`;
  return [
    ...before
      .filter((m) => !after.has(m))
      .toArray()
      .map((m) => ({ path: at(m), before: m })),
    ...after
      .filter((m) => !before.has(m))
      .toArray()
      .map((m) => ({ path: at(m), after: m })),
  ];
}

function sameShape(a: object, b: object): boolean {
  return Object.getPrototypeOf(a) === Object.getPrototypeOf(b);
}
