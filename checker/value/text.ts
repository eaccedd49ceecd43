import { Record } from 'immutable';
import { compare } from './compare';
import { fieldsOf, kinded } from './kind';

/** Shown in place of a value that is absent: `rows.i1: charged → –`. */
export const ABSENT = '–';

const PLAIN_WORD = /^[\p{L}\p{N}_][\p{L}\p{N}_\-.:/#+]*$/u;
/** Words that stand for something else than text; of digits first see `scalarText`. */
const RESERVED = new globalThis.Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity']);
/** Names as people give them, in one word or several. */
const PLAIN_NAME = /^[\p{L}_$][\p{L}\p{N}_$\-.:/+]*(?: [\p{L}\p{N}_$\-.:/+]+)*$/u;
/** What nobody sees, or takes for a blank; but for the joiner inside of emoji. */
const UNSEEN = /(?![ \u200d])[\p{Z}\p{Cc}\p{Cf}]/gu;

/**
 * A value as people read it, the same for equal canonical values: words unquoted where nothing can be
 * mistaken, `{a: 1}` for a Map, `{a, b}` for a Set, `[a, b]` for a List, `Name(field: x)` for a Record.
 */
export function valueText(value: unknown): string {
  return textOf(value, false);
}

/**
 * `valueText` that also tells apart what is seldom mistaken in a state, where the variable says what it is: kinds that
 * have an order are named, and so is an empty Set.
 */
export function exactText(value: unknown): string {
  return textOf(value, true);
}

/** The name of an action, a parameter, a Record or a field, quoted where it could be taken for something else. */
export function nameText(name: string): string {
  return PLAIN_NAME.test(name) ? name : quoted(name);
}

/** A quoted text as `valueText` has it, however it was escaped; as it is where it is none. */
export function requoted(quotation: string): string {
  const text = unquoted(quotation);
  return text === undefined ? quotation : scalarText(text);
}

/** The text that is quoted; undefined where it is not quoted as JSON does it. */
export function unquoted(quotation: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quotation);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown, exact: boolean): string {
  const inner = (part: unknown) => textOf(part, exact);
  const { kind, value: it } = kinded(value);
  switch (kind) {
    case 'scalar':
      return scalarText(it);
    case 'Map':
    case 'OrderedMap': {
      const keys = kind === 'Map' ? [...it.keys()].sort(compare) : [...it.keys()];
      const named = exact && kind === 'OrderedMap' ? kind : '';
      return `${named}{${keys.map((key) => `${inner(key)}: ${inner(it.get(key))}`).join(', ')}}`;
    }
    case 'Set':
    case 'OrderedSet': {
      const members = kind === 'Set' ? [...it].sort(compare) : [...it];
      const named = exact && (kind === 'OrderedSet' || members.length === 0) ? kind : '';
      return `${named}{${members.map(inner).join(', ')}}`;
    }
    case 'List':
    case 'Stack':
      return `${exact && kind === 'Stack' ? kind : ''}[${[...it].map(inner).join(', ')}]`;
    case 'Record': {
      const name = Record.getDescriptiveName(it);
      const fields = fieldsOf(it).map((field) => `${nameText(field)}: ${inner(it.get(field))}`);
      return `${name === 'Record' ? '' : nameText(name)}(${fields.join(', ')})`;
    }
  }
}

function scalarText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'string') return String(value);
  const mistakable = !PLAIN_WORD.test(value) || RESERVED.has(value) || /^\d/.test(value);
  return mistakable ? quoted(value) : value;
}

/** As a JSON string, in which all that can't be seen is escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (unseen) =>
    Array.from({ length: unseen.length }, (_, k) => unseen.charCodeAt(k))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
