import { rootOf, type Constant, type Constants, type Spec } from '../../spec/index';
import { constantOf, constantText, normalised } from './constantText';
import { UsageError, unknownName } from './usageError';
import { requireWellFormed } from './wellFormed';

/** The constants' defaults: the root's, with those that variants change laid over them. */
export function defaultsOf(spec: Spec): Constants {
  requireWellFormed(spec);
  return layered(spec);
}

function layered(spec: Spec): Constants {
  if (spec.variantOf === undefined)
    return declared(spec.parts.constants ?? {}, `spec '${rootOf(spec).name}'`);
  return resolveConstants(
    layered(spec.variantOf),
    spec.changes?.constants ?? {},
    `variant '${spec.variantName ?? spec.name}'`,
  );
}

/** Refuses a default that no override could be like. */
function declared(constants: { readonly [name: string]: unknown }, where: string): Constants {
  return Object.fromEntries(
    Object.entries(constants).map(([name, value]) => {
      if (isScalar(value) || (Array.isArray(value) && value.every(isScalar)))
        return [name, normalised(value as Constant)];
      throw new UsageError(
        `${where}: constant ${name} must be a text, a number, true or false, or a list of such, but is ${show(value)}`,
      );
    }),
  );
}

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
    resolved[name] = normalised(value as Constant);
  }
  return resolved;
}

/** A constant from the command line's `NAME=VALUE`, read by the type of its default. */
export function parseConstant(name: string, text: string, defaults: Constants, where: string): Constant {
  const like = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
  if (like === undefined) throw unknownName('constant', name, Object.keys(defaults), where);
  if (typeof like === 'string') return text;
  const parsed = constantOf(text);
  if (!sameType(like, parsed))
    throw new UsageError(
      `${where}: constant ${name} must be ${typeName(like)} like its default ${show(like)}, but was given as '${text}'`,
    );
  return normalised(parsed as Constant);
}

function sameType(like: Constant, value: unknown): boolean {
  if (Array.isArray(like))
    return (
      Array.isArray(value) &&
      value.every((item) => isScalar(item) && (like.length === 0 || typeof item === typeof like[0]))
    );
  return typeof like === typeof value && isScalar(value);
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && !Number.isNaN(value))
  );
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'a list' : `a list of ${typeof value[0]}s`;
  return value === null ? 'null' : `a ${typeof value}`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : constantText(value);
}
