import { constantText, sameConstant } from '../../checker/model/constantText';
import { parseConstant, resolveConstants } from '../../checker/model/constants';

const defaults = { N: 3, WORD: 'x', ON: false, LIST: [1], WORDS: ['a'], NONE: [] };
const parse = (name: string, text: string) => parseConstant(name, text, defaults, "spec 's'");

test.each<[string, string, unknown]>([
  ['N', '7', 7],
  ['N', '-1.5e2', -150],
  ['WORD', '7', '7'],
  ['WORD', 'two words', 'two words'],
  ['WORD', '', ''],
  ['ON', 'true', true],
  ['LIST', '[1, 2]', [1, 2]],
  ['WORDS', '["b"]', ['b']],
  ['NONE', '[1, "a", true]', [1, 'a', true]],
  ['LIST', '[]', []],
  ['N', 'Infinity', Infinity],
  ['N', '-Infinity', -Infinity],
  ['LIST', '[1, -Infinity]', [1, -Infinity]],
  ['WORDS', '["Infinity"]', ['Infinity']],
  ['NONE', '["a \\\" Infinity", Infinity]', ['a " Infinity', Infinity]],
])('%s=%s', (name, text, value) => {
  expect(parse(name, text)).toEqual(value);
});

test.each<[string, string, string]>([
  ['N', 'many', "constant N must be a number like its default 3, but was given as 'many'"],
  ['N', '', "constant N must be a number like its default 3, but was given as ''"],
  ['N', 'NaN', "constant N must be a number like its default 3, but was given as 'NaN'"],
  ['ON', 'yes', "constant ON must be a boolean like its default false, but was given as 'yes'"],
  [
    'LIST',
    '["a"]',
    'constant LIST must be a list of numbers like its default [1], but was given as \'["a"]\'',
  ],
  ['LIST', '1', "constant LIST must be a list of numbers like its default [1], but was given as '1'"],
  ['NONE', '[null]', "constant NONE must be a list like its default [], but was given as '[null]'"],
  ['n', '1', "spec 's' has no constant 'n'; did you mean 'N'?"],
])('%s=%s is refused', (name, text, message) => {
  expect(() => parse(name, text)).toThrow(message);
});

describe('a constant in a line that runs it again', () => {
  const values = {
    N: Infinity,
    WORD: ' x=1',
    ON: true,
    LIST: [1, -Infinity, 1e30],
    WORDS: ['Infinity', '"'],
    NONE: [],
  };

  test.each(Object.entries(values))('%s', (name, value) => {
    expect(parse(name, constantText(value))).toEqual(value);
  });

  test('has no negative zero, which nothing would tell from zero', () => {
    expect(Object.is(resolveConstants(defaults, { N: -0 }, 'here')['N'], 0)).toBe(true);
    expect(Object.is(parse('N', '-0'), 0)).toBe(true);
    expect(resolveConstants(defaults, { LIST: [-0] }, 'here')['LIST']).toEqual([0]);
  });

  test('tells infinities apart', () => {
    expect(sameConstant(Infinity, -Infinity)).toBe(false);
    expect(sameConstant([Infinity], [null])).toBe(false);
    expect(sameConstant([1, 2], [1, 2])).toBe(true);
  });
});
