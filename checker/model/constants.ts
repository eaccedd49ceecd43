import type { Constant, Constants } from '../../spec/index';
import { UsageError, unknownName } from './usageError';

/** The defaults with overrides laid over them; an unknown name or another type than the default's is refused. */
export function resolveConstants(
  defaults: Constants,
  overrides: { readonly [name: string]: unknown },
  where: string,
): Constants {
  const resolved: { [name: string]: Constant } = { ...defaults };
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    const before = defaults[name];
    if (before === undefined || !Object.hasOwn(defaults, name))
      throw unknownName('constant', name, Object.keys(defaults), where);
    if (!sameType(before, value))
      throw new UsageError(
        `${where}: constant ${name} must be ${typeName(before)} like its default ${show(before)}, but is ${show(value)} (${typeName(value)})`,
      );
    resolved[name] = value as Constant;
  }
  return resolved;
}

/** A constant from the command line's `NAME=VALUE`, read by the type of its default. */
export function parseConstant(name: string, text: string, defaults: Constants, where: string): Constant {
  const like = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
  if (like === undefined) throw unknownName('constant', name, Object.keys(defaults), where);
  if (typeof like === 'string') return text;
  const parsed = parseJson(text);
  if (!sameType(like, parsed))
    throw new UsageError(
      `${where}: constant ${name} must be ${typeName(like)} like its default ${show(like)}, but was given as '${text}'`,
    );
  return parsed as Constant;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sameType(like: Constant, value: unknown): boolean {
  if (Array.isArray(like))
    return (
      Array.isArray(value) &&
      value.every((item) => (like.length === 0 ? isScalar(item) : typeof item === typeof like[0]))
    );
  return typeof like === typeof value && !Number.isNaN(value);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'a list' : `a list of ${typeof value[0]}s`;
  return value === null ? 'null' : `a ${typeof value}`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value));
}
