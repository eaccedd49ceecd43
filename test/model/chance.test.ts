import { List } from 'immutable';
import { language, type Spec } from 'everystate';
import { check } from '../../checker/check';

/** Untyped, since some of what is tried has no business in a type. */
const { action, spec } = language<any>();

const random = () => Math.random() < 0.5;

const step = action({ effect: (s) => ({ n: (s.n + 1) % 3 }) });

const trying = (parts: object): Spec =>
  spec({
    name: 'chance',
    init: { n: 0, list: List([1, 2, 3]) },
    actions: { step },
    ...parts,
  } as never) as Spec;

const effect = (changes: (s: any) => object) => ({ actions: { step, odd: action({ effect: changes }) } });

test.each<[string, object, string, string]>([
  ['an effect tosses a coin', effect(() => ({ n: random() ? 0 : 1 })), 'effect', 'Math.random()'],
  ['an effect shuffles', effect((s) => ({ list: s.list.shuffle() })), 'effect', 'Math.random()'],
  ['an effect takes the time', effect(() => ({ n: Date.now() % 2 })), 'effect', 'Date.now()'],
  ['an effect takes the date', effect(() => ({ n: new Date().getDay() })), 'effect', 'new Date()'],
  ['an effect takes it as text', effect(() => ({ n: Date().length % 2 })), 'effect', 'Date()'],
  [
    'an effect tosses a coin and hides what that throws',
    effect((s) => {
      try {
        return { n: random() ? 0 : 1 };
      } catch {
        return { n: s.n };
      }
    }),
    'effect',
    'Math.random()',
  ],
  [
    'a guard waits for a time',
    { actions: { step, odd: action({ guard: () => Date.now() < 0, effect: () => ({ n: 7 }) }) } },
    'guard',
    'Date.now()',
  ],
  [
    'a range is drawn by lot',
    { actions: { step, odd: action({ k: () => [random()] }, { effect: () => ({}) }) } },
    'range',
    'Math.random()',
  ],
  [
    'an invariant nearly always holds',
    { invariants: { odd: () => Math.random() < 2 } },
    'invariant',
    'Math.random()',
  ],
  [
    'an action property nearly always holds',
    { actionProperties: { odd: () => Math.random() < 2 } },
    'action property',
    'Math.random()',
  ],
  [
    'a predicate over a collection tosses a coin',
    { invariants: { odd: (s: any) => s.list.toSet().some(() => Math.random() < 2) } },
    'invariant',
    'Math.random()',
  ],
])('where %s, the spec is broken, and told why, each time', async (_, parts, part, what) => {
  for (let time = 0; time < 5; time++)
    expect(await check(trying(parts), { deadlock: false })).toMatchObject({
      verdict: 'broken',
      place: { part },
      what: `it is not pure: it asks for ${what}`,
    });
});

test('a date that is given is no question of the time', async () => {
  const dates = trying({
    invariants: {
      leap: (s: any) => new Date(2024, 1, 29 + s.n) instanceof Date && Date.UTC(2024, s.n) > 0,
      read: (s: any) => Date.parse(`2024-01-0${s.n + 1}`) === new Date(Date.UTC(2024, 0, s.n + 1)).getTime(),
    },
  });
  expect(await check(dates, { deadlock: false })).toMatchObject({ verdict: 'holds' });
});

test('a search leaves chance and the clock as they were, also where it ends on them', async () => {
  const before = [Math.random, globalThis.Date];
  await check(trying(effect(() => ({ n: random() ? 0 : 1 }))), { deadlock: false });
  await check(trying({}), { deadlock: false });
  expect([Math.random, globalThis.Date]).toEqual(before);
});
