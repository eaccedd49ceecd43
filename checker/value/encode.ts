import { Record } from 'immutable';
import { fieldsOf, kinded } from './kind';

/**
 * A text that two canonical values share exactly when they are the same value: unlike `valueText` it can't
 * be mistaken. It names values across threads and runs, where ids mean nothing.
 */
export function encode(value: unknown): string {
  const { kind, value: it } = kinded(value);
  switch (kind) {
    case 'scalar':
      return typeof it === 'bigint' ? `n${it}` : typeof it === 'string' ? JSON.stringify(it) : String(it);
    case 'Map':
    case 'OrderedMap':
      return `${kind}{${[...it.entries()].map(([k, v]) => `${encode(k)}:${encode(v)}`).join(',')}}`;
    case 'Record':
      return `${shapeText(it)}(${fieldsOf(it)
        .map((field) => encode(it.get(field)))
        .join(',')})`;
    default:
      return `${kind}[${[...it].map(encode).join(',')}]`;
  }
}

/** What tells a Record's factory from others: its name, fields and defaults. */
export function shapeText(record: Record<{ [field: string]: unknown }>): string {
  const defaults = record.clear();
  const fields = fieldsOf(record).map((field) => {
    const value = defaults.get(field);
    return `${JSON.stringify(field)}=${value === undefined ? '-' : encode(value)}`;
  });
  return `Record ${JSON.stringify(Record.getDescriptiveName(record))} ${fields.join(' ')}`;
}
