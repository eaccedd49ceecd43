import * as fc from 'fast-check';
import * as immutable from 'immutable';
import { language, variant, type Spec } from 'everystate';
import { PARAMETER_TYPES, PARTS_OF } from './grammar';
import { ownTemplates, type Helper } from './helpers';
import type { SearchOptions } from './outcome';
import { atomsIn, smaller, Speaker, type Phrase, type Scope } from './phrase';
import { specSource } from './source';
import { enabled, parseTemplate, type Template } from './templates';

/** A random spec as data: `specSource` prints it, `compileSpec` makes it a spec. */
export interface SpecDescription {
  readonly variables: readonly (readonly [name: string, type: string])[];
  /** Functions that the others call by name; as definitions of the spec, or beside it. */
  readonly helpers: readonly Helper[];
  readonly asDefinitions: boolean;
  /** Whether the spec has the constants `K` and `ON`. */
  readonly constants: boolean;
  /** Initial state → variable's value. */
  readonly init: readonly (readonly Phrase[])[];
  readonly actions: readonly Clause[];
  readonly invariants: readonly Clause[];
  readonly sane: boolean;
  readonly actionProperties: readonly Clause[];
  readonly reachable: readonly Phrase[];
  readonly constraint: readonly Phrase[];
  readonly final: readonly Phrase[];
  /** What is checked is the last of them, if there are any. */
  readonly variants: readonly VariantDescription[];
  readonly options: SearchOptions;
}

/** An action (guards none or one, then the effect) or an invariant. */
export interface Clause {
  readonly ranges: readonly (readonly [name: string, range: Phrase])[];
  readonly guard: readonly Phrase[];
  readonly body: Phrase;
}

/** What a variant of a random spec changes. */
export interface VariantDescription {
  readonly constants: boolean;
  /** Definitions that it turns round, by name. */
  readonly definitions: readonly string[];
  readonly init: readonly (readonly Phrase[])[];
  /** Action of the base → what stands there now. */
  readonly actions: readonly (readonly [number, Clause])[];
  /** Action of the base → a guard beside the one that it has. */
  readonly guards: readonly (readonly [number, Phrase])[];
  readonly newActions: readonly Clause[];
  readonly withoutActions: readonly number[];
  readonly invariants: readonly (readonly [number, Clause])[];
  readonly newInvariants: readonly Clause[];
  readonly constraint: readonly Phrase[];
  readonly final: readonly Phrase[];
}

/** How deep expressions go: deeper ones are mostly noise. */
const DEPTHS = [1, 1, 2, 2, 3];

/** Random specs: small state spaces, as many ways to use Immutable's API as the grammar knows. */
export class RandomSpecs extends fc.Arbitrary<SpecDescription> {
  override generate(random: fc.Random): fc.Value<SpecDescription> {
    return new fc.Value(describe(random), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is SpecDescription {
    return false;
  }

  override shrink(value: SpecDescription): fc.Stream<fc.Value<SpecDescription>> {
    return fc
      .stream(simpler(value))
      .filter(isClosed)
      .map((description) => new fc.Value(description, undefined));
  }
}

function describe(random: fc.Random): SpecDescription {
  const chance = (percent: number) => random.nextInt(0, 99) < percent;
  const oneOf = <T>(list: readonly T[]): T => list[random.nextInt(0, list.length - 1)] as T;
  const times = <T>(least: number, most: number, make: (i: number) => T): T[] =>
    Array.from({ length: random.nextInt(least, most) }, (_, i) => make(i));

  const types = Object.keys(PARTS_OF);
  const variables = times(2, 4, (i) => [`v${i}`, oneOf(types)] as const);
  // Some specs have two variables of one type, for moves between them.
  if (chance(30)) variables.push([`v${variables.length}`, (variables[0] as readonly [string, string])[1]]);
  const variableTypes = variables.map(([, type]) => type);
  const constants = chance(20);
  const asDefinitions = chance(40);
  const known: Scope = new Map(constants ? [['c.K', 'n'] as const, ['c.ON', 'B'] as const] : []);
  const stateScope = (...names: string[]): Scope =>
    new Map([
      ...names.flatMap((name) => variables.map(([v, type]) => [`${name}.${v}`, type] as const)),
      ...names.map((name) => [name, 'State'] as const),
      ...known,
    ]);
  const state = stateScope('s');
  const helpers = enabled('helpers') ? times(0, chance(40) ? 2 : 0, (i) => helper(i)) : [];
  const speaker = new Speaker(
    variableTypes,
    new Map([...ownTemplates(helpers), ['C', changeTemplates(variables)]]),
  );
  function helper(i: number): Helper {
    const type = oneOf(['W', 'W', 'n', 'Row', 'Words', 'Desk', ...variableTypes]);
    const withState = chance(40);
    const gives = chance(75) ? 'B' : oneOf(['n', 'W']);
    const scope: Scope = new Map([...(withState ? state : asDefinitions ? known : []), ['x', type] as const]);
    const body = new Speaker([type, ...variableTypes], new Map()).speak(gives, scope, oneOf(DEPTHS), random);
    return { name: `h${i}`, type, withState, gives, body };
  }
  const say = (type: string, scope: Scope) => speaker.speak(type, scope, oneOf(DEPTHS), random);
  const rangesOf = (most: number) =>
    times(0, most, (i) => {
      const type = oneOf(PARAMETER_TYPES);
      return { name: 'kj'[i] as string, type, range: say(`Range${type}`, state) };
    });
  const clause = (type: string, guarded: number, most: number, over = state): Clause => {
    const ranges = rangesOf(most);
    const scope = new Map([...over, ...ranges.map(({ name, type }) => [name, type] as const)]);
    return {
      ranges: ranges.map(({ name, range }) => [name, range]),
      guard: chance(guarded) ? [say('B', scope)] : [],
      body: say(type, scope),
    };
  };
  /** An action that is enabled everywhere and writes: it keeps the others busy. */
  const mover = (): Clause => {
    const type = oneOf(PARAMETER_TYPES);
    const scope = new Map([...state, ['k', type]]);
    const change = speaker.speak('C', scope, 1, random);
    return {
      ranges: [['k', speaker.speak(`Range${type}`, known, 0, random)]],
      guard: [],
      body: { type: 'Effect', scope, pieces: ['P => (', ')'], holes: [change] },
    };
  };
  const maybe = (percent: number, make: () => Phrase) => (chance(percent) ? [make()] : []);
  const initial = () => variables.map(([, type]) => speaker.speak(`Init${type}`, known, 1, random));
  const actions = [...times(1, 2, mover), ...times(1, 4, () => clause('Effect', 40, 2))];
  const invariants = times(0, 2, () => clause('B', 0, chance(30) ? 1 : 0));
  const aVariant = (): VariantDescription => ({
    constants: constants && chance(50),
    definitions: asDefinitions ? helpers.filter(() => chance(40)).map(({ name }) => name) : [],
    init: chance(15) ? [initial()] : [],
    actions: actions.flatMap((_, i) => (chance(30) ? [[i, clause('Effect', 40, 2)] as const] : [])),
    guards: actions.flatMap((_, i) => (chance(15) ? [[i, say('B', state)] as const] : [])),
    newActions: times(0, 1, () => clause('Effect', 40, 1)),
    withoutActions: actions.flatMap((_, i) => (i > 0 && chance(10) ? [i] : [])),
    invariants: invariants.flatMap((_, i) => (chance(30) ? [[i, clause('B', 0, 0)] as const] : [])),
    newInvariants: times(0, 1, () => clause('B', 0, 1)),
    constraint: maybe(15, () => say('B', state)),
    final: maybe(25, () => say('B', state)),
  });
  const workers = chance(30) ? 2 : 1;
  return {
    variables,
    helpers,
    asDefinitions,
    constants,
    init: times(1, chance(25) ? 3 : 1, initial),
    actions,
    invariants,
    // An invariant that holds keeps a search going that would otherwise have found all there is to find.
    sane: chance(85),
    actionProperties: times(0, chance(40) ? 2 : 0, () =>
      clause('B', 0, chance(40) ? 1 : 0, stateScope('before', 'after')),
    ),
    reachable: times(0, chance(50) ? 2 : 0, () => say('B', state)),
    constraint: maybe(20, () => say('B', state)),
    final: maybe(30, () => say('B', state)),
    variants: times(0, chance(15) ? 2 : 0, aVariant),
    options: {
      keepGoing: chance(80),
      deadlock: chance(50),
      workers,
      exact: workers === 1 && chance(25),
      ...(chance(15) && { maxDepth: random.nextInt(1, 6) }),
      ...(enabled('maxStates') && chance(15) && { maxStates: random.nextInt(1, 40) }),
    },
  };
}

/** What an effect may change: one variable, two at a time, or two of one type swapped. */
function changeTemplates(variables: SpecDescription['variables']): Template[] {
  const one = variables.map(([v, type]) => `${variables.length}|{ ${v}: {${type}} }`);
  const two = variables.flatMap(([v, type], i) =>
    variables
      .slice(i + 1)
      .flatMap(([w, other]) => [
        `2|{ ${v}: {${type}}, ${w}: {${other}} }`,
        ...(type === other ? [`{ ${v}: s.${w}, ${w}: s.${v} }`, `{ ${v}: {${type}}, ${w}: s.${v} }`] : []),
      ]),
  );
  const same = variables.map(([v]) => `{ ${v}: s.${v} }`);
  return [...one, ...two, ...same.slice(0, 1), '{}'].map(parseTemplate);
}

/** Makes a spec of source in which Immutable's exports and `language` are known. */
export function compileSpec(source: string): Spec {
  const { default: _, ...known } = { default: null, ...immutable, language, variant };
  return (new Function(...Object.keys(known), source) as (...values: unknown[]) => Spec)(
    ...Object.values(known),
  );
}

/** Whether it mentions nothing that was dropped: what is at hand in a phrase is not told of that. */
function isClosed(description: SpecDescription): boolean {
  const source = specSource(description);
  const names = new Set([
    ...description.variables.map(([name]) => name),
    ...description.helpers.map(({ name }) => name),
  ]);
  const mentioned = [
    ...source.matchAll(/\b(?:s|before|after)\.(v\d+)\b/g),
    ...source.matchAll(/\b(h\d+)\b/g),
  ];
  return (
    mentioned.every(([, name = '']) => names.has(name)) &&
    (description.constants || !/\bc\.(K|ON)\b/.test(source))
  );
}

/** Descriptions a little smaller, the boldest cuts first. */
function* simpler(d: SpecDescription): Generator<SpecDescription> {
  const lists = [
    'actions',
    'invariants',
    'actionProperties',
    'reachable',
    'constraint',
    'final',
    'init',
  ] as const;
  for (const list of lists)
    for (let i = 0; i < d[list].length; i++)
      if ((list !== 'actions' && list !== 'init') || d[list].length > 1)
        yield { ...d, [list]: d[list].toSpliced(i, 1) };
  for (let i = 0; i < d.helpers.length; i++) yield { ...d, helpers: d.helpers.toSpliced(i, 1) };
  for (let i = 0; i < d.variants.length; i++)
    if (i === d.variants.length - 1) yield { ...d, variants: d.variants.slice(0, -1) };
  if (d.constants) yield { ...d, constants: false };
  if (d.asDefinitions) yield { ...d, asDefinitions: false };
  const { maxDepth: _, ...undeep } = d.options;
  if (d.options.maxDepth !== undefined) yield { ...d, options: undeep };
  const { maxStates: __, ...unbounded } = d.options;
  if (d.options.maxStates !== undefined) yield { ...d, options: unbounded };
  if (d.options.workers === 2) yield { ...d, options: { ...d.options, workers: 1 } };
  if (d.options.exact) yield { ...d, options: { ...d.options, exact: false } };
  if (d.options.deadlock) yield { ...d, options: { ...d.options, deadlock: false } };
  if (d.sane) yield { ...d, sane: false };
  yield* withoutVariable(d);
  for (const list of ['actions', 'invariants', 'actionProperties'] as const)
    for (let i = 0; i < d[list].length; i++)
      for (const clause of simplerClause(d[list][i] as Clause))
        yield { ...d, [list]: d[list].with(i, clause) };
  for (const list of ['reachable', 'constraint', 'final'] as const)
    for (const phrases of simplerPhrases(d[list])) yield { ...d, [list]: phrases };
  for (let i = 0; i < d.helpers.length; i++) {
    const helper = d.helpers[i] as Helper;
    for (const body of smaller(helper.body)) yield { ...d, helpers: d.helpers.with(i, { ...helper, body }) };
  }
  for (const last of simplerVariant(d.variants.at(-1))) yield { ...d, variants: d.variants.with(-1, last) };
  for (let i = 0; i < d.init.length; i++)
    for (const values of simplerPhrases(d.init[i] ?? [])) yield { ...d, init: d.init.with(i, values) };
}

function* simplerClause(clause: Clause): Generator<Clause> {
  if (clause.guard.length > 0) yield { ...clause, guard: [] };
  const used = new Set([...clause.guard, clause.body].flatMap(atomsIn));
  for (let i = 0; i < clause.ranges.length; i++) {
    const [name, range] = clause.ranges[i] as readonly [string, Phrase];
    if (!used.has(name)) yield { ...clause, ranges: clause.ranges.toSpliced(i, 1) };
    for (const smallerRange of smaller(range))
      yield { ...clause, ranges: clause.ranges.with(i, [name, smallerRange]) };
  }
  for (const body of smaller(clause.body)) yield { ...clause, body };
  for (const guard of simplerPhrases(clause.guard)) yield { ...clause, guard };
}

function* simplerPhrases(phrases: readonly Phrase[]): Generator<Phrase[]> {
  for (let i = 0; i < phrases.length; i++)
    for (const phrase of smaller(phrases[i] as Phrase)) yield phrases.with(i, phrase);
}

/** Drops the variables that nothing else mentions. */
function* withoutVariable(d: SpecDescription): Generator<SpecDescription> {
  for (let i = 0; i < d.variables.length && d.variables.length > 1; i++) {
    const rest = {
      ...d,
      variables: d.variables.toSpliced(i, 1),
      init: d.init.map((values) => values.toSpliced(i, 1)),
    };
    const name = d.variables[i]?.[0] ?? '';
    if (!new RegExp(`\\b${name}\\b`).test(specSource(rest))) yield rest;
  }
}

function* simplerVariant(v: VariantDescription | undefined): Generator<VariantDescription> {
  if (v === undefined) return;
  for (const [part, members] of Object.entries(v))
    if (Array.isArray(members))
      for (let i = 0; i < members.length; i++) yield { ...v, [part]: members.toSpliced(i, 1) };
  if (v.constants) yield { ...v, constants: false };
  for (let i = 0; i < v.actions.length; i++) {
    const [at, clause] = v.actions[i] as readonly [number, Clause];
    for (const simpler of simplerClause(clause)) yield { ...v, actions: v.actions.with(i, [at, simpler]) };
  }
}
