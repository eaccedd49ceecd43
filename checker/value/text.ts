import { Record } from 'immutable';
import { compare } from './compare';
import { fieldsOf, kinded } from './kind';

/** Shown in place of a value that is absent: `rows.i1: charged → –`. */
export const ABSENT = '–';

const PLAIN_WORD = /^[\p{L}\p{N}_][\p{L}\p{N}_\-.:/#+]*$/u;

/**
 * A value as people read it, the same for equal canonical values: words unquoted where nothing can be
 * mistaken, `{a: 1}` for a Map, `{a, b}` for a Set, `[a, b]` for a List, `Name(field: x)` for a Record.
 */
export function valueText(value: unknown): string {
  const { kind, value: it } = kinded(value);
  switch (kind) {
    case 'scalar':
      return scalarText(it);
    case 'Map':
    case 'OrderedMap': {
      const keys = kind === 'Map' ? [...it.keys()].sort(compare) : [...it.keys()];
      return `{${keys.map((key) => `${valueText(key)}: ${valueText(it.get(key))}`).join(', ')}}`;
    }
    case 'Set':
    case 'OrderedSet': {
      const members = kind === 'Set' ? [...it].sort(compare) : [...it];
      return `{${members.map(valueText).join(', ')}}`;
    }
    case 'List':
    case 'Stack':
      return `[${[...it].map(valueText).join(', ')}]`;
    case 'Record': {
      const name = Record.getDescriptiveName(it);
      const fields = fieldsOf(it).map((field) => `${field}: ${valueText(it.get(field))}`);
      return `${name === 'Record' ? '' : name}(${fields.join(', ')})`;
    }
  }
}

function scalarText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'string') return String(value);
  const mistakable = !PLAIN_WORD.test(value) || /^(true|false|null|-?\d.*)$/.test(value);
  return mistakable ? JSON.stringify(value) : value;
}
