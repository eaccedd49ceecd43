import * as fc from 'fast-check';
import { language, type Spec } from 'everystate';
import { bind } from '../../checker/model/bind';
import { Evaluator, type Row } from '../../checker/model/evaluator';
import { Fault } from '../../checker/model/fault';
import type { Fallen } from '../../checker/property/fallen';
import { PlainJudge } from '../../checker/property/plainJudge';
import { NaiveJudge, told, type NaiveVerdict } from '../oracle/naiveJudge';
import { compileSpec, RandomSpecs } from '../oracle/randomSpec';
import { specSource } from '../oracle/source';

/** All that a judge says, and at which function it ended, if it did. */
function saidBy(evaluator: Evaluator, judgement: () => Iterable<Fallen | string>): NaiveVerdict {
  const said: string[] = [];
  try {
    for (const one of judgement())
      said.push(
        typeof one === 'string'
          ? one
          : told(one.property, Object.values(one.parameters ?? {}), evaluator.values),
      );
    return { told: said };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { part, name } = error.details.place;
    return { told: said, fault: `${part} ${name}`.trim() };
  }
}

/** What is to be said: up to the first fault, or past all of them; of nothing that was settled before. */
function expected(
  verdicts: readonly NaiveVerdict[],
  { anyhow = false, settled = new Set<string>() },
): NaiveVerdict {
  const said: string[] = [];
  for (const { told: names, fault } of verdicts) {
    if (fault !== undefined && !anyhow) return { told: said, fault };
    said.push(...names.filter((name) => !settled.has(name.split(' ')[0] as string)));
  }
  return { told: said };
}

/** A few states of a spec, each with those before it. */
function* arrivals(evaluator: Evaluator): Iterable<{ before: Row | undefined; row: Row }> {
  const first = evaluator.initial.at(0) as Row;
  const seen = new Set([first.join()]);
  const queue = [first];
  yield { before: undefined, row: first };
  for (const before of queue.slice())
    for (const { row } of evaluator.successorsAnyhow(before).found) {
      yield { before, row };
      if (queue.length < 8 && !seen.has(row.join())) queue.push(row);
      seen.add(row.join());
    }
}

test('it says of random specs what one says that asks everything', () => {
  let faults = 0;
  let fallen = 0;
  const property = (spec: Spec) => {
    let evaluator: Evaluator;
    try {
      evaluator = new Evaluator(bind(spec));
    } catch (error) {
      if (error instanceof Fault) return;
      throw error;
    }
    const naive = new NaiveJudge(spec, evaluator.values);
    if (naive.walksOnce) return;
    const one = new PlainJudge(evaluator, { anyhow: true });
    const settled = new Set<string>();
    for (const { before, row } of arrivals(evaluator)) {
      const [from, to] = [before ?? row, row].map((it) => evaluator.plainStateOf(it)) as [object, object];
      const judgements: [(judge: PlainJudge) => Iterable<Fallen | string>, NaiveVerdict[]][] = [
        [(judge) => judge.step(before ?? row, row), naive.step(from as never, to as never)],
        [(judge) => judge.state(row), naive.state(to as never)],
        [(judge) => judge.reached(row), naive.reached(to as never)],
        [(judge) => judge.end(row), naive.end(to as never)],
        [(judge) => [String(judge.isInside(row))], naive.isInside(to as never)],
      ];
      judgements.forEach(([judgement, verdicts], which) => {
        const alone = saidBy(evaluator, () => judgement(new PlainJudge(evaluator)));
        expect(alone).toEqual(expected(verdicts, {}));
        if (alone.fault !== undefined) faults++;
        fallen += which < 2 ? alone.told.length : 0;
        if (which > 2) return;
        const anyhow = saidBy(evaluator, () => judgement(one));
        expect(anyhow).toEqual(expected(verdicts, { anyhow: true, settled }));
        for (const name of anyhow.told) settled.add(name.split(' ')[0] as string);
      });
    }
  };
  const specs = fc.property(new RandomSpecs(), (description) =>
    property(compileSpec(specSource(description))),
  );
  fc.assert(specs, { numRuns: 200, seed: 20261128 });
  expect(faults).toBeGreaterThan(5);
  expect(fallen).toBeGreaterThan(100);
}, 120_000);

interface State {
  readonly n: number;
}
const { action, actionProperty, invariant, spec } = language<State>();
const START: State = { n: 0 };
const asked: string[] = [];
const says = (name: string, answer: boolean) => (): boolean => {
  asked.push(name);
  return answer;
};
const evaluatorOf = (parts: object) =>
  new Evaluator(
    bind(
      spec({
        name: 'judged',
        init: START,
        actions: { up: action({ effect: (s) => ({ n: s.n + 1 }) }) },
        ...parts,
      }),
    ),
  );
const namesOf = (fallen: Iterable<Fallen>) => [...fallen].map(({ property }) => property);
beforeEach(() => asked.splice(0));

test('what is settled is asked no more, whether it fell, was reached, or was settled before', () => {
  const evaluator = evaluatorOf({
    invariants: { falls: says('falls', false), holds: says('holds', true), known: says('known', false) },
    reachable: { reached: says('reached', true), not: says('not', false) },
  });
  const row = evaluator.initial.at(0) as Row;
  const judge = new PlainJudge(evaluator, { settled: ['known'] });
  expect([namesOf(judge.state(row)), [...judge.reached(row)]]).toEqual([['falls'], ['reached']]);
  expect(asked.splice(0)).toEqual(['falls', 'holds', 'reached', 'not']);
  expect([namesOf(judge.state(row)), [...judge.reached(row)]]).toEqual([[], []]);
  expect(asked).toEqual(['holds', 'not']);
});

test('the first parameters for which a property falls are named, and none where there are none', () => {
  const evaluator = evaluatorOf({
    invariants: { each: invariant({ k: [1, 2, 3] }, (_, { k }) => k < 2), plain: () => false },
    actionProperties: { steps: actionProperty({ k: (s: State) => [s.n, 7] }, (_a, b, { k }) => b.n === k) },
  });
  const row = evaluator.initial.at(0) as Row;
  const next = evaluator.successors(row)[0]?.row as Row;
  const judge = new PlainJudge(evaluator);
  expect([...judge.state(row), ...judge.step(row, next)]).toEqual([
    { kind: 'invariant', property: 'each', parameters: { k: 2 } },
    { kind: 'invariant', property: 'plain' },
    { kind: 'action property', property: 'steps', parameters: { k: 0 } },
  ]);
});

test('a function that is at fault ends a judgement after what fell before it; anyhow, it is passed over', () => {
  const evaluator = evaluatorOf({
    invariants: {
      before: () => false,
      throws: () => {
        throw new Error('not written yet');
      },
      after: () => false,
    },
    constraint: () => {
      throw new Error('not written yet');
    },
  });
  const row = evaluator.initial.at(0) as Row;
  const found: string[] = [];
  expect(() => {
    for (const { property } of new PlainJudge(evaluator).state(row)) found.push(property);
  }).toThrow(Fault);
  expect(found).toEqual(['before']);
  const anyhow = new PlainJudge(evaluator, { anyhow: true });
  expect(namesOf(anyhow.state(row))).toEqual(['before', 'after']);
  expect(anyhow.isInside(row)).toBe(false);
});

test('a state at the end is a deadlock but where it is final', () => {
  const evaluator = evaluatorOf({ final: (s: State) => s.n === 0 });
  const row = evaluator.initial.at(0) as Row;
  const next = evaluator.successors(row)[0]?.row as Row;
  const judge = new PlainJudge(evaluator);
  expect([...judge.end(row), ...judge.end(next), ...judge.end(next)]).toEqual([
    { kind: 'deadlock', property: 'deadlock' },
  ]);
});
