import { Set } from 'immutable';
import { Predicates } from '../../checker/learn/predicates';
import { Traces } from '../../checker/purity/traces';
import { Values } from '../../checker/value/values';

afterEach(() => jest.restoreAllMocks());

const NAMES = ['a', 'b'];
let counted = 0;

type State = { readonly set: Set<string> };

/** Hands out predicates that capture something new each time. */
const known = (s: State, names: string[]) => s.set.filter((name) => names.includes(name)).isEmpty();
const counting = (s: State, names: string[]) =>
  s.set.some((name) => names.includes(name)) && s.set.every(() => counted++ >= 0);
const third = (s: State, names: string[]) =>
  names.length > NAMES.length
    ? s.set.filter((name, _key, all) => names.includes(name) && all.size > 0)
    : s.set.filter((name) => names.includes(name));

/** The predicates that a function hands to a collection, each time it is called. */
function handedBy(
  asker: (s: State, names: string[]) => unknown,
  names = [...NAMES],
): ((name: string) => boolean)[] {
  const set = Set(['a']);
  const handed: ((name: string) => boolean)[] = [];
  const noting = (p: (name: string) => boolean) => (handed.push(p), set.filter(p));
  const spied = { filter: noting, some: (p: never) => !!noting(p), every: (p: never) => !!noting(p) };
  asker({ set: spied as unknown as Set<string> }, names);
  return handed;
}

/** What is answered of the first predicate that a function hands over in each of so many runs; how many were looked into. */
function asked(asker: (s: State, names: string[]) => unknown, runs: number, which = 0) {
  const lookInto = jest.spyOn(Traces.prototype, 'leavesNone');
  const predicates = new Predicates(new Values());
  const answers = Array.from({ length: runs }, () =>
    predicates.mayBeAsked(handedBy(asker)[which] as () => boolean, () => undefined, asker),
  );
  return { answers: [...new globalThis.Set(answers)], lookedInto: lookInto.mock.calls.length };
}

it('predicates of a function all of whose predicates are known are looked into one by one only at first', () => {
  const { answers, lookedInto } = asked(known, 100);
  expect(answers).toEqual([true]);
  expect(lookedInto).toBeLessThan(10);
});

it('predicates of a function that hands over one which leaves traces are looked into one by one', () => {
  expect(asked(counting, 20)).toEqual({ answers: [true], lookedInto: 20 });
  expect(asked(counting, 20, 1).answers).toEqual([false]);
});

it('a predicate that is asked about a third thing is not asked ahead, whoever hands it over', () => {
  const predicates = new Predicates(new Values());
  const mayBeAsked = (names: string[]) =>
    handedBy(third, names).map((predicate) =>
      predicates.mayBeAsked(predicate as () => boolean, () => undefined, third),
    );
  for (let run = 0; run < 20; run++) expect(mayBeAsked(['a', 'b'])).toEqual([true]);
  expect(mayBeAsked(['a', 'b', 'c'])).toEqual([false]);
});

it('a predicate that has read the state when it was asked is not asked ahead again, nor one of the same text', () => {
  const predicates = new Predicates(new Values());
  const handed = () => handedBy(known)[0] as () => boolean;
  const occasion = () => undefined;
  expect(predicates.mayBeAsked(handed(), occasion)).toBe(true);
  predicates.readsState(handed());
  expect(predicates.mayBeAsked(handed(), occasion)).toBe(false);
});
