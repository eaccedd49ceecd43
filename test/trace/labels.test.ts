import fc from 'fast-check';
import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable';
import { check, language, replay, stateGraph, type Replay } from 'everystate';
import { bind } from '../../checker/model/bind';
import { Evaluator, type Row as RowOfIds } from '../../checker/model/evaluator';
import { UsageError } from '../../checker/model/usageError';
import { labelOf } from '../../checker/trace/label';
import { parseSteps, replaySteps } from '../../checker/trace/replay';

/** Untyped: parameters of every kind. */
const { action, spec } = language<any>();

const Row = Record({ at: null as unknown, who: 0 }, 'Row');
const Row2 = Record({ at: null as unknown, who: 1 }, 'Row');
const Odd = Record({ 'a b': null as unknown, '); x(': 0 }, 'Odd "(name); #1');
const Nameless = Record({ at: null as unknown });
const Empty = Record({});

const AWKWARD = [
  ...[
    '',
    ' ',
    '  ',
    'a b',
    'a  b',
    ' a',
    'a ',
    '( a',
    'a )',
    'a\u00a0b',
    'a\u200bb',
    'a\tb',
    'a\nb',
    'a\r\nb',
  ],
  ...[
    '"',
    '\\',
    'a\\',
    'a\\"',
    '"; x',
    "it's",
    'a;b',
    'a#b',
    ' #b',
    '# b',
    '1. a',
    'a: b',
    'a, b',
    '[1]',
    '(x)',
  ],
  ...[
    '()',
    'true',
    'null',
    'undefined',
    'NaN',
    'Infinity',
    '-Infinity',
    '0',
    '-0',
    '1',
    '1n',
    '1e3',
    '–',
    '{}',
  ],
  ...[
    'größe',
    'e\u0301',
    '\u00e9',
    '\u2028',
    '\ud800',
    '👩\u200d👩',
    '𝒳',
    '__proto__',
    'Map{}',
    '$x',
    '`x`',
    'a+b/c-d.e:f',
  ],
];
const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, 1, -1, 0.1, 1e21, Infinity, -Infinity, 0n, 1n, -1n),
  fc.constantFrom(...AWKWARD),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ unit: fc.constantFrom(...' "\\();#[]{}:,.\n\u00a0a1'), maxLength: 5 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => {
  const some = fc.array(tie('value'), { maxLength: 2 });
  const pairs = fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 2 });
  return {
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: scalar },
      { weight: 1, arbitrary: some.map((members) => List(members)) },
      { weight: 1, arbitrary: some.map((members) => Set(members)) },
      { weight: 1, arbitrary: some.map((members) => OrderedSet(members)) },
      { weight: 1, arbitrary: some.map((members) => Stack(members)) },
      { weight: 1, arbitrary: pairs.map((entries) => Map(entries)) },
      { weight: 1, arbitrary: pairs.map((entries) => OrderedMap(entries)) },
      { weight: 1, arbitrary: tie('value').map((at) => Row({ at })) },
      { weight: 1, arbitrary: tie('value').map((at) => Row2({ at, who: 0 })) },
      { weight: 1, arbitrary: tie('value').map((at) => Odd({ 'a b': at })) },
      { weight: 1, arbitrary: tie('value').map((at) => Nameless({ at })) },
      { weight: 1, arbitrary: fc.constant(Empty()) },
    ),
  };
});
const name = fc.oneof(
  fc
    .constantFrom('go', 'two words', 'go(p: 1)', 'go[2]', 'go#2', ...AWKWARD)
    .filter((n) => n !== '__proto__'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }).filter((n) => n !== '__proto__'),
);

/** One step for each value, each of which leads to a state of its own. */
function stepsOver(values: readonly unknown[], actionName: string, parameter: string, choices = 1) {
  return spec({
    name: 'steps',
    init: { x: 0, by: null },
    actions: {
      [actionName]: action(
        { [parameter]: values } as {},
        {
          guard: (s: any) => s.x === 0,
          effect: (_s: unknown, p: { [name: string]: unknown }) =>
            Array.from({ length: choices }, (_, x) => ({ x: x + 1, by: List([p[parameter]]) })),
        } as never,
      ),
    },
    final: () => true,
  });
}

function labelsOf(of: ReturnType<typeof stepsOver>): string[] {
  const { graph } = stateGraph(of);
  return graph.edges().map(({ name: label }) => label as string);
}

function endOf(replayed: Replay): unknown {
  if (replayed.verdict === 'broken') throw new Error(replayed.what);
  return replayed.trace.steps[0]?.state;
}

test('labels are unique among the steps of a state, and lead to their own step, for all values and names', () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 5 }),
      name,
      name,
      fc.integer({ min: 1, max: 2 }),
      (values, actionName, parameter, choices) => {
        const evaluator = new Evaluator(bind(stepsOver(values, actionName, parameter, choices)));
        const all = evaluator.successors(evaluator.initial.at(0) as RowOfIds);
        const labels = all.map((successor) => labelOf(successor, all));
        expect(new globalThis.Set(labels).size).toBe(all.length);
        expect(parseSteps(labels.join('; '))).toEqual(labels);
        expect(parseSteps(labels.map((label, k) => `${k + 1}. ${label} # so\n`).join(''))).toEqual(labels);
        for (const [k, { row }] of all.entries()) {
          const { trace, rows } = replaySteps(evaluator, [`  ${labels[k]} `]);
          expect(rows[1]).toEqual(row);
          expect(trace.steps[0]?.label).toBe(labels[k]);
        }
      },
    ),
    { numRuns: 300 },
  );
}, 120_000);

describe('a run that check finds is the one that its labels take', () => {
  const Kind = Record({ a: 1 }, 'Kind');
  const Other = Record({ a: 2 }, 'Kind');
  test.each<[string, unknown, readonly unknown[]]>([
    ['two blanks', 'a  b', ['a b', 'a  b']],
    ['two blanks, alone', 'a  b', ['a  b', 'c']],
    ['a blank in a parenthesis', '( a', ['( a', '(a', 'c']],
    ['a blank that does not break', 'a\u00a0b', ['a b', 'a\u00a0b', 'c']],
    ['a backslash at the end', 'a\\', ['a\\', 'c']],
    ['Infinity', Infinity, ['Infinity', Infinity]],
    ['the text Infinity', 'Infinity', [Infinity, 'Infinity']],
    ['an empty Map', Map(), [Set(), Map()]],
    ['an empty Set', Set(), [Map(), Set()]],
    ['a Stack', Stack([1]), [List([1]), Stack([1])]],
    ['an OrderedSet', OrderedSet([1]), [Set([1]), OrderedSet([1])]],
    ['an OrderedMap', OrderedMap([[1, 2]]), [Map([[1, 2]]), OrderedMap([[1, 2]])]],
    [
      'an OrderedMap in another order',
      OrderedMap([
        [2, 1],
        [1, 2],
      ]),
      [
        OrderedMap([
          [1, 2],
          [2, 1],
        ]),
        OrderedMap([
          [2, 1],
          [1, 2],
        ]),
      ],
    ],
    ['a Record of another kind', Other({ a: 1 }), [Kind({ a: 1 }), Other({ a: 1 })]],
  ])('%s', async (_name, bad, all) => {
    const kind = (p: unknown) =>
      p === null ? '' : typeof p === 'object' ? Object.getPrototypeOf(p) : typeof p;
    const isBad = (p: unknown) => kind(p) === kind(bad) && (p === bad || String(p) === String(bad));
    const tested = spec({
      name: 'bad',
      init: { x: 0 },
      actions: {
        go: action(
          { p: all } as {},
          {
            guard: (s: any) => s.x === 0,
            effect: (_s: unknown, { p }: { p: unknown }) => ({ x: isBad(p) ? 2 : 1 }),
          } as never,
        ),
        end: action({ guard: (s) => s.x > 0 && s.x < 3, effect: (s) => ({ x: s.x === 2 ? 4 : 3 }) }),
      },
      invariants: { neverFour: (s) => s.x !== 4 },
      final: () => true,
    });
    const found = await check(tested);
    if (found.verdict !== 'violated') throw new Error(found.verdict);
    const labels = found.violations[0].trace?.steps.map(({ label }) => label) ?? [];
    const line = parseSteps(labels.join('; '));
    expect(line).toEqual(labels);
    expect(replay(tested, line)).toMatchObject({ violations: [{ property: 'neverFour' }] });
  });
});

test('a label that several steps answer to is refused, and says how to tell them apart', () => {
  const Kind = Record({ a: 1 }, 'Kind');
  const Other = Record({ a: 2 }, 'Kind');
  const of = stepsOver([Kind({ a: 1 }), Other({ a: 1 })], 'go', 'p');
  expect(labelsOf(of)).toEqual(['go(p: Kind(a: 1))#1', 'go(p: Kind(a: 1))#2']);
  let refused: unknown;
  try {
    replay(of, ['go(p: Kind(a: 1))']);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(UsageError);
  expect((refused as UsageError).message).toBe(
    "step 1, 'go(p: Kind(a: 1))', may be any of these; say which:\n  go(p: Kind(a: 1))#1\n  go(p: Kind(a: 1))#2",
  );
});

test('ordinary names and values are shown as they are', () => {
  expect(labelsOf(stepsOver(['rm1', 'two words', 3, -1.5, null, true], 'prepare rm', 'rm'))).toEqual([
    'prepare rm(rm: rm1)',
    'prepare rm(rm: "two words")',
    'prepare rm(rm: 3)',
    'prepare rm(rm: -1.5)',
    'prepare rm(rm: null)',
    'prepare rm(rm: true)',
  ]);
  expect(labelsOf(stepsOver([Set(['a']), Map([['a', 1]]), List()], 'go', 'p'))).toEqual([
    'go(p: {a})',
    'go(p: {a: 1})',
    'go(p: [])',
  ]);
  expect(labelsOf(stepsOver(['a\u00a0b', '2'], 'go', 'p'))).toEqual(['go(p: "a\\u00a0b")', 'go(p: "2")']);
});

test('a text may be quoted by whoever writes it', () => {
  const of = stepsOver(['a', 'ü x'], 'go', 'p');
  for (const label of ['go(p: "a")', 'go( p:  "a" )', 'go(p: "\\u0061")'])
    expect(endOf(replay(of, [label]))).toMatchObject({ by: List(['a']) });
  expect(endOf(replay(of, ['go(p: "\\u00fc x")']))).toMatchObject({ by: List(['ü x']) });
});
