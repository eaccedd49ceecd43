import {
  PARTS,
  rootOf,
  type Action,
  type Constants,
  type Definitions,
  type OfState,
  type Parameters,
  type Part,
  type Ranges,
  type Spec,
} from '../../spec/index';
import { defaultsOf, resolveConstants } from './constants';
import { sameConstant } from './constantText';
import { environmentOf, environmentsOf, overridesIn } from './environments';
import { isPlain, requireKnownKeys, requireOnce, shown } from './given';
import type { Model, ModelProperty, State } from './model';
import { rewalkable } from './oneShot';
import { PROPERTY_KINDS, type PropertyPart } from './propertyKinds';
import { calls } from './calls';
import { UsageError, unknownName } from './usageError';
import { chainOf } from './wellFormed';

export interface BindOptions {
  /** The environment whose constants are set. */
  readonly environment?: string | undefined;
  /** Overrides of the spec's constants. */
  readonly constants?: { readonly [name: string]: unknown } | undefined;
  /** The properties to check, of whatever kind; all where absent. `deadlock` is none that a model has. */
  readonly properties?: readonly string[] | undefined;
}

type Named<T> = { readonly [name: string]: T };
type Members = Part<Constants, Definitions, Named<unknown>> | undefined;
type Predicate = OfState<State, Constants, Definitions> | undefined;

/** Everything a chain of variants resolves to for one choice of constants. */
interface Resolved extends Readonly<Record<PropertyPart, Named<unknown>>> {
  readonly actions: Named<Action<State>>;
  readonly init: unknown;
  readonly constraint: Predicate;
  readonly final: Predicate;
}

/** The parts that hold declarations by name, what one of them is called, and the part with which a variant adds some. */
const GROUPS = [{ part: 'actions', noun: 'action', adds: 'newActions' }, ...PROPERTY_KINDS] as const;

/** Fixes a spec's constants. Throws `UsageError` for names and types that don't fit. */
export function bind(spec: Spec, options: BindOptions = {}): Model {
  return calls.during({ part: 'declarations', name: '' }, () => modelOf(spec, options));
}

function modelOf(spec: Spec, options: BindOptions): Model {
  const defaults = defaultsOf(spec);
  const where = `spec '${spec.name}'`;
  environmentsOf(spec); // all of them make sense, also where none is asked for
  const { environment, constants: given = {} } = options;
  const overrides =
    environment === undefined
      ? given
      : overridesIn(environment, environmentOf(spec, environment), given, where);
  const constants = resolveConstants(defaults, overrides, where);
  const definitions = definitionsOf(spec, constants);
  const resolved = resolve(spec, constants, definitions);
  const { constraint, final } = resolved;
  const declared = PROPERTY_KINDS.map(({ part }) => resolved[part]);
  requireDistinctNames(where, declared);
  const chosen = chooser(options.properties, where, declared);
  return {
    spec: rootOf(spec).name,
    variant: spec.variantName ?? null,
    constants,
    overridden: Object.fromEntries(
      Object.entries(constants).filter(([name, value]) => !sameConstant(value, defaults[name])),
    ),
    init: () => initOf(resolved.init, constants, definitions),
    actions: Object.entries(resolved.actions).map(([name, action]) => ({
      name,
      ...requireAction(action, name, where),
    })),
    properties: PROPERTY_KINDS.flatMap((kind) =>
      chosen.of(resolved[kind.part]).map(([name, given]) => requireProperty(kind, name, given, where)),
    ),
    unchecked: chosen.leftOut,
    ...(constraint && { constraint: (state: State) => constraint(state, constants, definitions) }),
    ...(final && { final: (state: State) => final(state, constants, definitions) }),
  };
}

/** The root's definitions with those of each variant in place of them, one after the other. */
function definitionsOf(spec: Spec, constants: Constants): Definitions {
  const [root, ...variants] = chainOf(spec) as [Spec, ...Spec[]];
  const { definitions: declare } = root.parts;
  let definitions: Definitions =
    declare === undefined ? {} : requireMembers(declare(constants), `spec '${root.name}': definitions`);
  for (const { variantName, changes } of variants) {
    if (changes?.definitions === undefined) continue;
    const where = `variant '${variantName ?? ''}'`;
    const changed: Definitions = requireMembers(
      changes.definitions(constants, definitions),
      `${where}: definitions`,
    );
    requireKnown('definition', changed, definitions, where);
    definitions = { ...definitions, ...changed };
  }
  return definitions;
}

/** The root's parts, changed by each variant in turn. All are given the definitions of the whole chain. */
function resolve(spec: Spec, constants: Constants, definitions: Definitions): Resolved {
  const [root, ...variants] = chainOf(spec) as [Spec, ...Spec[]];
  const { parts } = root;
  const members = (part: (typeof GROUPS)[number]['part']) =>
    parts[part] === undefined
      ? {}
      : requireMembers(
          evaluate(parts[part] as Members, constants, definitions) as object,
          `spec '${root.name}': ${part}`,
        );
  const { init, constraint, final } = parts;
  const own = {
    ...Object.fromEntries(GROUPS.map(({ part }) => [part, members(part)])),
    ...{ init, constraint, final },
  } as Resolved;
  return variants.reduce((base, variant) => applyVariant(variant, base, constants, definitions), own);
}

function applyVariant(spec: Spec, base: Resolved, constants: Constants, definitions: Definitions): Resolved {
  const where = `variant '${spec.variantName ?? ''}'`;
  const changes = spec.changes ?? {};
  const members = (part: keyof typeof changes, existing: object): object => {
    const given: unknown = changes[part];
    if (given === undefined) return {};
    return requireMembers(
      (typeof given === 'function' ? given(constants, definitions, existing) : given) as object,
      `${where}: ${part}`,
    );
  };
  const without = changes.withoutActions ?? [];
  requireKnown('action', Object.fromEntries(without.map((name) => [name, null])), base.actions, where);
  const changed = GROUPS.map(({ part, noun, adds }) => {
    const existing = base[part] as object;
    const replaced = members(part, existing);
    const added = members(adds, existing);
    requireKnown(noun, replaced, existing, where, adds);
    requireNew(adds, added, existing, where, part);
    if (part === 'actions') requireNotBoth(Object.keys(replaced), without, where);
    return [part, { ...existing, ...replaced, ...added }] as const;
  });
  const { actions, ...others } = Object.fromEntries(changed) as unknown as Resolved;
  return {
    ...base,
    ...others,
    actions: Object.fromEntries(Object.entries(actions).filter(([name]) => !without.includes(name))),
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

/** What a part gives by name. An arrow function whose braces are its body gives nothing, and would silently declare nothing. */
function requireMembers<T extends object>(given: T, where: string): T {
  if (isPlain(given)) return given;
  throw new UsageError(
    `${where} must give an object with a declaration a name, but gives ${shown(given)}${given === undefined ? '; an arrow function that returns an object needs parentheses: () => ({ … })' : ''}`,
  );
}

function requireKnown(kind: string, changed: object, existing: object, where: string, adds?: string): void {
  for (const name of Object.keys(changed))
    if (!Object.hasOwn(existing, name)) {
      const { message } = unknownName(
        kind,
        name,
        Object.keys(existing),
        `${where} changes what its base lacks: the base`,
      );
      const hint =
        adds === undefined || message.includes('did you mean') ? '' : `; to add one, put it in ${adds}`;
      throw new UsageError(message + hint);
    }
}

function requireNew(adds: string, added: object, existing: object, where: string, part: string): void {
  for (const name of Object.keys(added))
    if (Object.hasOwn(existing, name))
      throw new UsageError(
        `${where}: '${name}' in ${adds} is in the base already; to replace it, put it in ${part}`,
      );
}

function requireNotBoth(replaced: readonly string[], without: readonly string[], where: string): void {
  const both = replaced.find((name) => without.includes(name));
  if (both !== undefined)
    throw new UsageError(
      `${where}: '${both}' is in actions and in withoutActions, which would take it away again; leave it out of one`,
    );
}

function requireDistinctNames(where: string, groups: readonly object[]): void {
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
  if (isPlain(action)) requireKnownKeys(`${where}: action '${name}'`, 'part', action, PARTS.action);
  if (typeof action?.effect !== 'function')
    throw new UsageError(
      `${where}: action '${name}' has no effect function; declare it with action({ effect: … })`,
    );
  const { ranges = {} } = action as Partial<Action<State>>;
  return { ...action, ranges: requireRanges(ranges, `action '${name}'`, where) };
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

/** A predicate, and a sentence: given the states that a property is judged of, one by one, and then its parameters. */
type OfStates<T> = (...given: unknown[]) => T;

/** What a spec gave for a property, in full. */
function requireProperty(
  { kind, ...words }: (typeof PROPERTY_KINDS)[number],
  name: string,
  given: unknown,
  where: string,
): ModelProperty {
  const place = `${kind} '${name}'`;
  if (!('parts' in words)) {
    const predicate = requirePredicate(given as OfStates<boolean>, place, where);
    return { kind, name, ranges: {}, holds: (states) => predicate(...states) };
  }
  const property = (typeof given === 'function' ? { holds: given } : given) as {
    readonly ranges?: Ranges<State>;
    readonly holds: OfStates<boolean>;
    readonly says?: OfStates<string>;
  };
  if (isPlain(property)) requireKnownKeys(`${where}: ${place}`, 'part', property, words.parts);
  requirePredicate(property?.holds, place, where);
  const { ranges = {}, says } = property;
  return {
    kind,
    name,
    ranges: requireRanges(ranges, place, where),
    holds: (states, parameters: Parameters) => property.holds(...states, parameters),
    ...(says && {
      says: (states, parameters: Parameters) => property.says?.(...states, parameters) as string,
    }),
  };
}

/** Which of a spec's properties are to be checked. */
function chooser(properties: readonly string[] | undefined, where: string, groups: readonly object[]) {
  const known = groups.flatMap((group) => Object.keys(group));
  for (const name of properties ?? [])
    if (name !== 'deadlock' && !known.includes(name)) throw unknownName('property', name, known, where);
  requireOnce(properties ?? [], `${where}: properties`);
  const isChosen = (name: string) => properties === undefined || properties.includes(name);
  return {
    of: <T>(group: Named<T>): [string, T][] => Object.entries(group).filter(([name]) => isChosen(name)),
    leftOut: known.filter((name) => !isChosen(name)),
  };
}
