import type { Constant } from '../../spec/index';

/**
 * A constant as `-c NAME=…` takes it, and as `constantOf` reads it back: text as it is, numbers as JavaScript writes
 * them, `Infinity` among them, lists as JSON has them but for that.
 */
export function constantText(value: unknown): string {
  return typeof value === 'string' ? value : itemText(value);
}

function itemText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(itemText).join(',')}]`;
  if (typeof value === 'number') return String(value);
  return JSON.stringify(value) ?? String(value);
}

/** What a text stands for where no text is wanted; the text itself where it stands for nothing. */
export function constantOf(text: string): unknown {
  // JSON has no word for infinity, but reads a number that is too large as that. Within quotes it is a text.
  const json = text.replace(/"(?:[^"\\]|\\.)*"|\bInfinity\b/g, (found) =>
    found === 'Infinity' ? '1e999' : found,
  );
  try {
    return JSON.parse(json);
  } catch {
    return text;
  }
}

/** Whether two constants are one: lists by their items. */
export function sameConstant(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** Zero has one sign: `-0` and `0` would be told apart by nothing that a report writes. */
export function normalised(value: Constant): Constant {
  const one = <T>(item: T): T => (item === 0 ? (0 as T) : item);
  return Array.isArray(value) ? value.map(one) : one(value);
}
