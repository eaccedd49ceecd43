import * as fc from 'fast-check';
import * as immutable from 'immutable';
import { language, type Spec } from 'everystate';
import { GROWING, PARAMETER_TYPES, PARTS_OF, parseTemplate } from './grammar';
import { atomsIn, smaller, sourceOf, Speaker, type Phrase, type Scope } from './phrase';

/** A random spec as data: `specSource` prints it, `compileSpec` makes it a spec. */
export interface SpecDescription {
  readonly variables: readonly (readonly [name: string, type: string])[];
  /** Initial state → variable's value. */
  readonly init: readonly (readonly Phrase[])[];
  readonly actions: readonly Clause[];
  readonly invariants: readonly Clause[];
  readonly sane: boolean;
  readonly actionProperties: readonly Clause[];
  readonly reachable: readonly Phrase[];
  readonly constraint: readonly Phrase[];
  readonly final: readonly Phrase[];
  readonly options: { readonly keepGoing: boolean; readonly deadlock: boolean; readonly maxDepth?: number };
}

/** An action (guards none or one, then the effect) or an invariant. */
interface Clause {
  readonly ranges: readonly (readonly [name: string, range: Phrase])[];
  readonly guard: readonly Phrase[];
  readonly body: Phrase;
}

/** How deep expressions go: deeper ones are mostly noise. */
const DEPTHS = [1, 1, 2, 2, 3];
const MOST_OF_A_GROWING = 2;

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
  const speaker = new Speaker(
    variables.map(([, type]) => type),
    changeTemplates(variables),
  );
  const stateScope = (...names: string[]): Scope =>
    new Map(names.flatMap((name) => variables.map(([v, type]) => [`${name}.${v}`, type] as const)));
  const state = stateScope('s');
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
      ranges: [['k', speaker.speak(`Range${type}`, new Map(), 0, random)]],
      guard: [],
      body: { type: 'Effect', scope, pieces: ['P => (', ')'], holes: [change] },
    };
  };
  const maybe = (percent: number, make: () => Phrase) => (chance(percent) ? [make()] : []);
  return {
    variables,
    init: times(1, chance(25) ? 3 : 1, () =>
      variables.map(([, type]) => speaker.speak(`Init${type}`, new Map(), 1, random)),
    ),
    actions: [...times(1, 2, mover), ...times(1, 4, () => clause('Effect', 40, 2))],
    invariants: times(0, 2, () => clause('B', 0, chance(30) ? 1 : 0)),
    // An invariant that holds keeps a search going that would otherwise have found all there is to find.
    sane: chance(85),
    actionProperties: times(0, chance(30) ? 2 : 0, () =>
      clause('B', 0, chance(30) ? 1 : 0, stateScope('before', 'after')),
    ),
    reachable: maybe(40, () => say('B', state)),
    constraint: maybe(15, () => say('B', state)),
    final: maybe(25, () => say('B', state)),
    options: {
      keepGoing: chance(80),
      deadlock: chance(50),
      ...(chance(15) && { maxDepth: random.nextInt(1, 6) }),
    },
  };
}

/** What an effect may change: one variable, two at a time, or two of one type swapped. */
function changeTemplates(variables: SpecDescription['variables']) {
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

/** What every random spec starts with. */
export const PRELUDE = `\
const Row = Record({ at: 0, who: null }, 'Row');
const Desk = Record({ row: null, marks: Set(), n: 0 }, 'Desk');
const cap = (n) => Math.max(-1, Math.min(2, n));
const { action, actionProperty, invariant, spec } = language();
`;

/** The spec as a user would write it, apart from `language` and Immutable's names, which are in scope. */
export function specSource(description: SpecDescription): string {
  const { variables, init, actions, invariants, sane, actionProperties, reachable, constraint, final } =
    description;
  const growing = variables.filter(([, type]) => GROWING.includes(type));
  const bounds = growing.map(([v]) => `s.${v}.size <= ${MOST_OF_A_GROWING}`);
  const within = [...bounds, ...constraint.map(sourceOf)].join(' && ');
  const lines = (list: readonly string[]) => list.map((line) => `    ${line},\n`).join('');
  const part = (name: string, list: readonly string[]) =>
    list.length === 0 ? '' : `  ${name}: {\n${lines(list)}  },\n`;
  const states = init.map(
    (values) =>
      `{ ${values.map((value, i) => `v${numberOf(variables, i)}: ${sourceOf(value)}`).join(', ')} }`,
  );
  return [
    PRELUDE,
    "return spec({\n  name: 'random',\n",
    `  init: () => [\n${lines(states)}  ],\n`,
    part(
      'actions',
      actions.map((clause, i) => `a${i}: ${actionSource(clause)}`),
    ),
    part('invariants', [
      ...(sane ? ['sane: () => true'] : []),
      ...invariants.map((clause, i) => `i${i}: ${invariantSource(clause)}`),
    ]),
    part(
      'actionProperties',
      actionProperties.map((clause, i) => `t${i}: ${actionPropertySource(clause)}`),
    ),
    part(
      'reachable',
      reachable.map((p, i) => `r${i}: (s) => ${sourceOf(p)}`),
    ),
    within && `  constraint: (s) => ${within},\n`,
    final.map((p) => `  final: (s) => ${sourceOf(p)},\n`).join(''),
    '});',
  ].join('');
}

function numberOf(variables: SpecDescription['variables'], i: number): string {
  return (variables[i]?.[0] ?? '').slice(1);
}

function actionSource({ ranges, guard, body }: Clause): string {
  const names = ranges.map(([name]) => name);
  const parameters = names.length > 0 ? `(s, { ${names.join(', ')} })` : '(s)';
  const effect = sourceOf(body).replace(/^(function\* |)P /, `$1${parameters} `);
  const given = guard.map((p) => `guard: ${parameters} => ${sourceOf(p)}, `).join('');
  return `action(${rangesSource(ranges)}{ ${given}effect: ${effect} })`;
}

function invariantSource({ ranges, body }: Clause): string {
  const names = ranges.map(([name]) => name);
  return ranges.length === 0
    ? `(s) => ${sourceOf(body)}`
    : `invariant(${rangesSource(ranges)}(s, { ${names.join(', ')} }) => ${sourceOf(body)})`;
}

function actionPropertySource({ ranges, body }: Clause): string {
  const names = ranges.map(([name]) => name);
  return ranges.length === 0
    ? `(before, after) => ${sourceOf(body)}`
    : `actionProperty(${rangesSource(ranges)}(before, after, { ${names.join(', ')} }) => ${sourceOf(body)})`;
}

function rangesSource(ranges: Clause['ranges']): string {
  return ranges.length === 0
    ? ''
    : `{ ${ranges.map(([name, range]) => `${name}: ${sourceOf(range)}`).join(', ')} }, `;
}

/** Makes a spec of source in which Immutable's exports and `language` are known. */
export function compileSpec(source: string): Spec {
  const { default: _, ...known } = { default: null, ...immutable, language };
  return (new Function(...Object.keys(known), source) as (...values: unknown[]) => Spec)(
    ...Object.values(known),
  );
}

/** Whether it mentions no variable that was dropped: what is at hand in a phrase is not told of that. */
function isClosed(description: SpecDescription): boolean {
  const names = new Set(description.variables.map(([name]) => name));
  const mentioned = specSource(description).matchAll(/\b(?:s|before|after)\.(v\d+)\b/g);
  return [...mentioned].every(([, name = '']) => names.has(name));
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
  const { maxDepth: _, ...unbounded } = d.options;
  if (d.options.maxDepth !== undefined) yield { ...d, options: unbounded };
  if (d.options.deadlock) yield { ...d, options: { ...d.options, deadlock: false } };
  if (d.sane) yield { ...d, sane: false };
  yield* withoutVariable(d);
  for (const list of ['actions', 'invariants', 'actionProperties'] as const)
    for (let i = 0; i < d[list].length; i++)
      for (const clause of simplerClause(d[list][i] as Clause))
        yield { ...d, [list]: d[list].with(i, clause) };
  for (const list of ['reachable', 'constraint', 'final'] as const)
    for (const phrases of simplerPhrases(d[list])) yield { ...d, [list]: phrases };
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
