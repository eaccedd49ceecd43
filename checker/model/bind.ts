import type {
  Action,
  ActionProperty,
  ActionPropertyLike,
  Constants,
  Definitions,
  Invariant,
  InvariantLike,
  OfState,
  Part,
  Ranges,
  Reachable,
  Spec,
} from '../../spec/index';
import { rootOf } from '../../spec/index';
import { resolveConstants } from './constants';
import type { Model, State } from './model';
import { rewalkable } from './oneShot';
import { UsageError, unknownName } from './usageError';

export interface BindOptions {
  /** Overrides of the spec's constants. */
  readonly constants?: { readonly [name: string]: unknown };
  /** The properties to check, of all three kinds; all where absent. */
  readonly properties?: readonly string[];
}

/** Everything a chain of variants resolves to for one choice of constants. */
interface Resolved {
  readonly constants: Constants;
  readonly definitions: Definitions;
  readonly actions: Named<Action<State>>;
  readonly invariants: Named<InvariantLike<State>>;
  readonly init: unknown;
  readonly constraint: OfState<State, Constants, Definitions> | undefined;
  readonly final: OfState<State, Constants, Definitions> | undefined;
}
type Named<T> = { readonly [name: string]: T };

/** Fixes a spec's constants. Throws `UsageError` for names and types that don't fit. */
export function bind(spec: Spec, options: BindOptions = {}): Model {
  const where = `spec '${spec.name}'`;
  const defaults = defaultsOf(spec);
  const constants = resolveConstants(defaults, options.constants ?? {}, where);
  const { parts } = rootOf(spec);
  const resolved = resolve(spec, constants);
  const given = <T>(part: Part<Constants, Definitions, Named<T>> | undefined): Named<T> =>
    evaluate(part, constants, resolved.definitions) ?? {};
  const actionProperties = given<ActionPropertyLike<State>>(parts.actionProperties);
  const reachable = given<Reachable<State>>(parts.reachable);
  requireDistinctNames(where, resolved.invariants, actionProperties, reachable);
  const chosen = chooser(options.properties, where, [resolved.invariants, actionProperties, reachable]);
  const { constraint, final } = resolved;
  return {
    spec: rootOf(spec).name,
    variant: spec.variantName ?? null,
    constants,
    overridden: Object.fromEntries(
      Object.entries(constants).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name]),
      ),
    ),
    init: () => initOf(resolved.init, constants, resolved.definitions),
    actions: Object.entries(resolved.actions).map(([name, action]) => ({
      name,
      ...requireAction(action, name, where),
    })),
    invariants: chosen(resolved.invariants).map(([name, like]) =>
      requireProperty<Invariant<State>>('invariant', name, like, where),
    ),
    actionProperties: chosen(actionProperties).map(([name, like]) =>
      requireProperty<ActionProperty<State>>('action property', name, like, where),
    ),
    reachable: chosen(reachable).map(([name, holds]) => ({
      name,
      holds: requirePredicate(holds, `reachable '${name}'`, where),
    })),
    ...(constraint && { constraint: (state: State) => constraint(state, constants, resolved.definitions) }),
    ...(final && { final: (state: State) => final(state, constants, resolved.definitions) }),
  };
}

/** The constants' defaults: the root's, with those that variants change laid over them. */
export function defaultsOf(spec: Spec): Constants {
  const base: Constants = spec.variantOf ? defaultsOf(spec.variantOf) : (spec.parts.constants ?? {});
  return resolveConstants(base, spec.changes?.constants ?? {}, `variant '${spec.variantName ?? spec.name}'`);
}

function resolve(spec: Spec, constants: Constants): Resolved {
  if (spec.variantOf === undefined) {
    const { parts } = spec;
    const definitions: Definitions = parts.definitions?.(constants) ?? {};
    return {
      constants,
      definitions,
      actions: evaluate(
        parts.actions as Part<Constants, Definitions, Named<Action<State>>>,
        constants,
        definitions,
      ),
      invariants:
        evaluate(
          parts.invariants as Part<Constants, Definitions, Named<InvariantLike<State>>> | undefined,
          constants,
          definitions,
        ) ?? {},
      init: parts.init,
      constraint: parts.constraint,
      final: parts.final,
    };
  }
  return applyVariant(spec, resolveBase(spec, constants), constants);
}

/** The base, with this variant's definitions already in place: they reach the base's own actions. */
function resolveBase(spec: Spec, constants: Constants): Resolved {
  const where = `variant '${spec.variantName ?? ''}'`;
  const chain: Spec[] = [];
  for (let s: Spec | undefined = spec; s?.variantOf; s = s.variantOf) chain.unshift(s);
  const root = rootOf(spec);
  let definitions: Definitions = root.parts.definitions?.(constants) ?? {};
  for (const link of chain) {
    const changed = (link.changes?.definitions?.(constants, definitions) ?? {}) as Definitions;
    requireKnown('definition', changed, definitions, where);
    definitions = { ...definitions, ...changed };
  }
  const patched: Spec = { ...root, parts: { ...root.parts, definitions: () => definitions } };
  let resolved = resolve(patched, constants);
  for (const link of chain.slice(0, -1)) resolved = applyVariant(link, resolved, constants);
  return resolved;
}

function applyVariant(spec: Spec, base: Resolved, constants: Constants): Resolved {
  const where = `variant '${spec.variantName ?? ''}'`;
  const changes = spec.changes ?? {};
  const members = <T>(part: unknown, existing: Named<T>): Named<T> =>
    part === undefined
      ? {}
      : typeof part === 'function'
        ? (part as (c: Constants, d: Definitions, b: Named<T>) => Named<T>)(
            constants,
            base.definitions,
            existing,
          )
        : (part as Named<T>);
  const actions = members(changes.actions, base.actions);
  const invariants = members(changes.invariants, base.invariants);
  const newActions = members(changes.newActions, base.actions);
  const newInvariants = members(changes.newInvariants, base.invariants);
  requireKnown('action', actions, base.actions, where);
  requireKnown('invariant', invariants, base.invariants, where);
  requireNew('newActions', newActions, base.actions, where);
  requireNew('newInvariants', newInvariants, base.invariants, where);
  const without = changes.withoutActions ?? [];
  requireKnown('action', Object.fromEntries(without.map((name) => [name, null])), base.actions, where);
  const kept = Object.fromEntries(
    Object.entries({ ...base.actions, ...actions, ...newActions }).filter(
      ([name]) => !without.includes(name),
    ),
  );
  return {
    ...base,
    actions: kept,
    invariants: { ...base.invariants, ...invariants, ...newInvariants },
    init: changes.init ?? base.init,
    constraint: changes.constraint ?? base.constraint,
    final: changes.final ?? base.final,
  };
}

function evaluate<T>(
  part: Part<Constants, Definitions, T>,
  constants: Constants,
  definitions: Definitions,
): T {
  return typeof part === 'function'
    ? (part as (c: Constants, d: Definitions) => T)(constants, definitions)
    : part;
}

/** What init gives. An iterator that was given outright is there for every search. */
function initOf(init: unknown, constants: Constants, definitions: Definitions): unknown {
  const iterable = typeof init === 'object' && init !== null && Symbol.iterator in init;
  return iterable ? rewalkable(init as Iterable<unknown>) : evaluate(init, constants, definitions);
}

function requireKnown(kind: string, changed: object, existing: object, where: string): void {
  for (const name of Object.keys(changed))
    if (!Object.hasOwn(existing, name))
      throw unknownName(kind, name, Object.keys(existing), `${where} changes what its base lacks: the base`);
}

function requireNew(part: string, added: object, existing: object, where: string): void {
  for (const name of Object.keys(added))
    if (Object.hasOwn(existing, name))
      throw new UsageError(
        `${where}: '${name}' in ${part} is in the base already; to replace it, move it out of ${part}`,
      );
}

function requireDistinctNames(where: string, ...groups: readonly object[]): void {
  const seen = new Set<string>(['deadlock']);
  for (const name of groups.flatMap((group) => Object.keys(group))) {
    if (seen.has(name))
      throw new UsageError(
        `${where} has two properties named '${name}'; 'deadlock' counts as one. Rename one of them`,
      );
    seen.add(name);
  }
}

function requireAction(action: Action<State>, name: string, where: string): Action<State> {
  if (typeof action?.effect !== 'function')
    throw new UsageError(
      `${where}: action '${name}' has no effect function; declare it with action({ effect: … })`,
    );
  return { ...action, ranges: requireRanges(action.ranges, `action '${name}'`, where) };
}

/** The ranges, each of which can be walked any number of times. */
function requireRanges(ranges: Ranges<State>, part: string, where: string): Ranges<State> {
  const walkable = Object.entries(ranges).map(([parameter, range]) => {
    if (typeof range === 'function') return [parameter, range];
    if (typeof range === 'object' && range !== null && Symbol.iterator in range)
      return [parameter, rewalkable(range)];
    throw new UsageError(
      `${where}: the range of '${parameter}' in ${part} is neither an iterable of values nor a function of the state`,
    );
  });
  return Object.fromEntries(walkable) as Ranges<State>;
}

function requirePredicate<P>(predicate: P, part: string, where: string): P {
  if (typeof predicate === 'function') return predicate;
  throw new UsageError(
    `${where}: ${part} has no predicate; declare it with a function that returns true or false`,
  );
}

/** What a spec gave for an invariant or action property, in full. */
function requireProperty<P extends Invariant<State> | ActionProperty<State>>(
  kind: 'invariant' | 'action property',
  name: string,
  like: P['holds'] | P,
  where: string,
): P & { readonly name: string } {
  const property = (typeof like === 'function' ? { ranges: {}, holds: like } : like) as P;
  requirePredicate(property?.holds, `${kind} '${name}'`, where);
  const walkable = { ranges: requireRanges(property.ranges, `${kind} '${name}'`, where) };
  return { ...property, ...(walkable as Pick<P, 'ranges'>), name };
}

function chooser(properties: readonly string[] | undefined, where: string, groups: readonly object[]) {
  const known = groups.flatMap((group) => Object.keys(group));
  for (const name of properties ?? [])
    if (!known.includes(name)) throw unknownName('property', name, known, where);
  return <T>(group: Named<T>): [string, T][] =>
    Object.entries(group).filter(([name]) => properties === undefined || properties.includes(name));
}
