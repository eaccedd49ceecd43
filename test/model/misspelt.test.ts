import { distance } from 'fastest-levenshtein';
import {
  check,
  compareVariants,
  language,
  replay,
  stateGraph,
  UsageError,
  validate,
  variant,
} from 'everystate';
import 'everystate/jest';
import { CHECK_OPTIONS } from '../../checker/check';
import { OPTIONS } from '../../checker/cli/optionTable';
import { run } from '../../checker/cli/run';
import { COMPARE_OPTIONS } from '../../checker/compare/compareVariants';
import { GRAPH_OPTIONS } from '../../checker/graph/stateGraph';
import { bind } from '../../checker/model/bind';
import { REPLAY_OPTIONS } from '../../checker/replay';
import { DESCRIBE_OPTIONS, describeSpecIn } from '../../checker/testing/describeSpec';
import { EXPLAIN_OPTIONS, REACHED_OPTIONS, RUN_OPTIONS } from '../../checker/testing/expected';
import { VALIDATE_OPTIONS } from '../../checker/validate/validate';
import { PARTS } from '../../spec/index';

/*
 * The tables themselves say what is misspelt here, and the compiler lets none of them lack a key: a new part or option
 * can't be left out.
 */

interface State {
  readonly n: number;
}
const { action, invariant, actionProperty, spec } = language<State>();
const up = {
  guard: (s: State) => s.n < 2,
  effect: (s: State) => ({ n: s.n + 1 }),
  observed: () => ({ e: 1 }),
};
const parts = {
  name: 'counter',
  init: { n: 0 },
  actions: { up: action(up) },
  invariants: { low: (s: State) => s.n < 3 },
  reachable: { top: (s: State) => s.n === 2 },
  final: (s: State) => s.n === 2,
};
const counter = spec(parts);

/** A name with one letter wrong: one too few, one too many, another, in the other's place, or small for large. */
function misspelt(name: string): string[] {
  const middle = Math.floor(name.length / 2);
  const [before, letter = '', after] = [name.slice(0, middle), name[middle], name.slice(middle + 1)];
  const wrong = [
    before + after,
    before + letter + letter + after,
    before + 'q' + after,
    name.slice(0, middle - 1) + letter + (name[middle - 1] ?? '') + after,
    name.toLowerCase(),
  ];
  return [...new Set(wrong)].filter((one) => one !== name && one !== '');
}

type Table = { readonly [name: string]: unknown };

/** Each key of a table with each of its misspellings, that are no keys themselves. */
function cases(table: Table): [string, string][] {
  return Object.keys(table).flatMap((key) =>
    misspelt(key)
      .filter((wrong) => !Object.hasOwn(table, wrong))
      .map((wrong): [string, string] => [wrong, key]),
  );
}

async function refusal(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

/** What is declared with one part more, in a spec. */
const CONSTRUCTS: { readonly [construct in keyof typeof PARTS]: (more: object) => () => unknown } = {
  spec: (more) => () => bind(spec({ ...parts, ...more } as never)),
  variant: (more) => () => bind(variant(variant(counter, 'mid', more as never), 'v', {})),
  action: (more) => () => bind(spec({ ...parts, actions: { up: action({ ...up, ...more }) } } as never)),
  invariant: (more) => () =>
    bind(spec({ ...parts, invariants: { i: invariant((s) => s.n < 3, more as never) } } as never)),
  'action property': (more) => () =>
    bind(spec({ ...parts, actionProperties: { p: actionProperty(() => true, more as never) } } as never)),
};

describe.each(Object.entries(PARTS))('a part of a %s', (construct, table) => {
  it.each(cases(table))("'%s' is refused, and %s suggested", async (wrong, key) => {
    const declare = CONSTRUCTS[construct as keyof typeof PARTS];
    const message = await refusal(declare({ [wrong]: () => true }));
    expect(message).toContain(`has no part '${wrong}'; did you mean '${key}'?`);
  });
});

const describeSpec = describeSpecIn(() => ({ describe: () => {}, test: () => {} }));
const result = check(counter);

/** Each function that takes options: its name in messages, its table, a call with some. */
const FUNCTIONS: readonly (readonly [string, Table, (options: never) => unknown])[] = [
  ['check', CHECK_OPTIONS, (options) => check(counter, options)],
  ['replay', REPLAY_OPTIONS, (options) => replay(counter, ['up'], options)],
  ['validate', VALIDATE_OPTIONS, (options) => validate(counter, [{ e: 1 }], options)],
  ['compareVariants', COMPARE_OPTIONS, (options) => compareVariants([counter], { base: {} }, options)],
  ['stateGraph', GRAPH_OPTIONS, (options) => stateGraph(counter, options)],
  ['describeSpec', DESCRIBE_OPTIONS, (options) => describeSpec(counter, options)],
  ['expect(…).toViolate', RUN_OPTIONS, async (options) => expect(await result).not.toViolate('low', options)],
  ['expect(…).toReach', REACHED_OPTIONS, async (options) => expect(await result).toReach('top', options)],
  ['expect(…).toExplain', EXPLAIN_OPTIONS, (options) => expect(counter).toExplain([{ e: 1 }], options)],
];

describe.each(FUNCTIONS)('an option of %s', (name, table, call) => {
  it.each(cases(table))("'%s' is refused, and %s suggested", async (wrong, key) => {
    const message = await refusal(() => call({ [wrong]: 1 } as never));
    expect(message).toBe(`${name} has no option '${wrong}'; did you mean '${key}'?`);
  });

  it('belongs in an object', async () => {
    for (const options of ['slower', 5, null, [], () => ({})])
      expect(await refusal(() => call(options as never))).toContain(
        `the options of ${name} must be an object`,
      );
  });

  it.each(Object.entries(table))('%s is refused where it is none of its values', async (key, given) => {
    // A list of lists is nothing that any option takes.
    const message = await refusal(() => call({ [key]: [[]] } as never));
    expect(message).toContain(`${key} must be`);
    expect(given).toBeDefined();
  });
});

describe('an option of the command', () => {
  it.each(cases(OPTIONS))('--%s is refused, and %s or one as near suggested', async (wrong, key) => {
    let told = '';
    const terminal = {
      directory: __dirname,
      call: ['everystate'],
      colour: false,
      watched: false,
      signal: new AbortController().signal,
      out: () => {},
      err: (text: string) => (told += text),
    };
    const code = await run(['check', 'no.ts', `--${wrong}`, 'x'], terminal as never, '0');
    expect([code, told]).toEqual([2, expect.stringContaining(`what is '${wrong}'?`)]);
    const suggested = /Did you mean '(.*)'\?/.exec(told)?.[1] ?? '';
    expect(distance(suggested, wrong)).toBeLessThanOrEqual(distance(key, wrong));
  });
});
