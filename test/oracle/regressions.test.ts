import { explorePlainly } from '../../checker/explore/plain';
import { difference, outcomeOf } from './compare';
import { exploreFast } from './engines';
import { searchNaively } from './naive';
import { compileSpec, PRELUDE } from './randomSpec';

/** What random specs found, made small by hand or by the shrinker: the search that was wrong stays right. */
const FOUND: { readonly [what: string]: string } = {
  'an updater that gives back the value for what is absent leaves a map alone': `
    init: { m: Map() },
    actions: { a: action({ effect: (s) => ({ m: s.m.update('a', 0, (v) => v) }) }) },
  `,
  'so does one that gives back a variable': `
    init: { m: Map(), set: Set() },
    actions: {
      a: action({ effect: (s) => ({ m: s.m.update('a', s.set, (v) => v) }) }),
      b: action({ effect: (s) => ({ set: s.set.add('x') }) }),
    },
  `,
  'and a guard can tell': `
    init: { m: Map(), n: 0 },
    actions: { a: action({ guard: (s) => s.m.update(Row(), 0, (v) => v).equals(s.m), effect: () => ({ n: 1 }) }) },
  `,
  'a field that turns null leaves nothing of the Record it held': `
    init: { desk: Desk({ marks: Set(['c']), n: 2 }) },
    actions: {
      reset: action({ effect: () => ({ desk: Desk() }) }),
      fill: action({ effect: (s) => ({ desk: s.desk.set('row', Row()) }) }),
    },
  `,
  'inner sets move between variables and go with their keys': `
    init: { one: Map(), two: Map() },
    actions: {
      cross: action({ k: ['a', 'b'] }, {
        effect: (s, { k }) => ({ one: s.two.delete(k), two: s.one.update(k, Set(), (t) => t.add(k)) }),
      }),
      take: action({
        effect: (s) => ({ one: s.two.update(s.one.keySeq().first('a'), Set(), (t) => t.add('a')) }),
      }),
    },
  `,
  'inner lists grow while their maps are swapped': `
    init: { one: Map(), two: Map() },
    actions: {
      copy: action({ effect: (s) => ({ one: s.two }) }),
      push: action({ effect: (s) => [
        { two: s.two.update('c', List(), (q) => q.push(1).take(3)) },
        { one: s.two, two: s.one },
      ] }),
    },
  `,
};

test.each(Object.entries(FOUND))('%s', async (_what, parts) => {
  const spec = compileSpec(`${PRELUDE}return spec({ name: 'regression', ${parts} });`);
  const options = { keepGoing: true, deadlock: false };
  const plain = await outcomeOf(spec, explorePlainly, options);
  expect(difference(searchNaively(spec, options).outcome, plain)).toBeNull();
  if (exploreFast) expect(difference(plain, await outcomeOf(spec, exploreFast, options))).toBeNull();
});
