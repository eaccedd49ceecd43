import type { Constant, Constants, Spec } from '../../spec/index';
import { BASE } from './base';
import { sameConstant, constantText } from './constantText';
import { defaultsOf, resolveConstants } from './constants';
import { isPlain, shown } from './given';
import { UsageError, unknownName } from './usageError';
import { chainOf, requireWellFormed } from './wellFormed';

/** Name → the constants it sets. */
export type Environments = { readonly [name: string]: { readonly [constant: string]: Constant } };

/**
 * The environments that a spec and the variants on the way to it name, in that order; first of all `base`, which
 * overrides nothing. Throws `UsageError` for one that sets what is no constant of the spec.
 */
export function environmentsOf(spec: Spec): Environments {
  requireWellFormed(spec);
  let all: Environments = { [BASE]: {} };
  for (const link of chainOf(spec)) {
    const where =
      link.variantOf === undefined ? `spec '${link.name}'` : `variant '${String(link.variantName)}'`;
    const named = link.variantOf === undefined ? link.parts.environments : link.changes?.environments;
    const own = (named ?? {}) as Environments;
    requireEnvironments(own, defaultsOf(link), where);
    for (const name of Object.keys(own))
      if (name !== BASE && Object.hasOwn(all, name))
        throw new UsageError(
          `${where} has an environment '${name}', as its base has: one name stands for one environment; rename it`,
        );
    all = { ...all, ...own };
  }
  return all;
}

/** Refuses environments that set what can't be set, and a `base` that sets anything. Throws `UsageError`. */
export function requireEnvironments(environments: Environments, defaults: Constants, where: string): void {
  for (const [name, constants] of Object.entries(environments)) {
    if (!isPlain(constants))
      throw new UsageError(
        `${where}: environment '${name}' must be an object of constants by name, but is ${shown(constants)}`,
      );
    resolveConstants(defaults, constants, `${where}, environment '${name}'`);
    if (name === BASE && Object.keys(constants).length > 0)
      throw new UsageError(
        `${where}: environment '${BASE}' stands for the one that overrides nothing, but sets ${Object.keys(constants).join(', ')}; rename it`,
      );
  }
}

/** The constants that one of a spec's environments sets. Throws `UsageError` where it names no such environment. */
export function environmentOf(spec: Spec, name: string): { readonly [constant: string]: Constant } {
  const all = environmentsOf(spec);
  const found = Object.hasOwn(all, name) ? all[name] : undefined;
  if (found === undefined) throw unknownName('environment', name, Object.keys(all), `spec '${spec.name}'`);
  return found;
}

/**
 * What an environment sets and what is set beside it. A constant that both set, to different values, is refused: either
 * would win without a word, and the run be another than its name says. Throws `UsageError`.
 */
export function overridesIn(
  environment: string,
  set: { readonly [name: string]: Constant },
  constants: { readonly [name: string]: unknown },
  where: string,
): { readonly [name: string]: unknown } {
  for (const [name, value] of Object.entries(constants))
    if (value !== undefined && Object.hasOwn(set, name) && !sameConstant(set[name], value))
      throw new UsageError(
        `${where}: constant ${name} is set twice, to ${constantText(set[name])} by environment '${environment}' and to ${constantText(value)} beside it; leave one of them out`,
      );
  return { ...set, ...constants };
}
