import { Record } from 'immutable';
import type { Constant } from '../../spec/index';
import { fieldsOf, kinded } from '../value/kind';

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A state value as JSON, such that different values never look alike. Text, booleans, null and finite
 * numbers stand for themselves; a List is an array; every other kind is an object with one key, its kind:
 *
 * - `{"Map": [[key, value], …]}`, and likewise `OrderedMap`
 * - `{"Set": [member, …]}`, and likewise `OrderedSet`, `Stack`
 * - `{"Record": {"name": "Message" or null, "fields": {"field": value, …}}}`
 * - `{"bigint": "12"}`, `{"number": "Infinity"}`
 *
 * Members come in the checker's canonical order: equal values give equal text.
 */
export function jsonOf(value: unknown): Json {
  const { kind, value: it } = kinded(value);
  switch (kind) {
    case 'scalar':
      if (typeof it === 'bigint') return { bigint: String(it) };
      return typeof it === 'number' && !Number.isFinite(it) ? { number: String(it) } : it;
    case 'List':
      return it.toArray().map(jsonOf);
    case 'Map':
    case 'OrderedMap':
      return { [kind]: [...it.entries()].map(([key, member]) => [jsonOf(key), jsonOf(member)]) };
    case 'Set':
    case 'OrderedSet':
    case 'Stack':
      return { [kind]: [...it].map(jsonOf) };
    case 'Record': {
      const name = Record.getDescriptiveName(it);
      const fields = Object.fromEntries(fieldsOf(it).map((field) => [field, jsonOf(it.get(field))]));
      return { Record: { name: name === 'Record' ? null : name, fields } };
    }
  }
}

/** Each value of an object in its JSON form: a state's variables, a step's parameters. */
export function jsonFields(object: { readonly [name: string]: unknown }): { [name: string]: Json } {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, jsonOf(value)]));
}

/** Constants by name: numbers as `jsonOf` has them, lists as arrays. `constantsFromJson` reads them back. */
export function jsonConstants(constants: { readonly [name: string]: Constant }): { [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(constants).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(jsonOf) : jsonOf(value),
    ]),
  );
}

/** What `jsonConstants` wrote. */
export function constantsFromJson(json: { readonly [name: string]: unknown }): { [name: string]: Constant } {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value.map(numberFromJson) : numberFromJson(value)) as Constant,
    ]),
  );
}

function numberFromJson(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value;
}
