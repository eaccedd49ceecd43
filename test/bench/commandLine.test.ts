import { optionsOf } from '../../bench/commandLine';

test('defaults', () => {
  expect(optionsOf([])).toEqual({
    rounds: 3,
    only: null,
    quick: false,
    all: false,
    out: null,
    from: null,
    results: false,
    limit: 300,
  });
});

test('options are read', () => {
  expect(optionsOf(['--rounds', '5', '--only', 'paxos', '--quick', '--out=x.json'])).toMatchObject({
    rounds: 5,
    only: 'paxos',
    quick: true,
    out: 'x.json',
  });
});

test.each([
  [['--rounds', '0'], "--rounds must be a whole number above 0, but is '0'"],
  [['--rounds', 'many'], "but is 'many'"],
  [['--fast'], '--fast'],
  [['paxos'], 'paxos'],
  [['--quick', '--results'], '--results wants the large models'],
  [['--only', 'paxos', '--results'], '--results wants every model'],
])('%j is refused', (words, message) => {
  expect(() => optionsOf(words)).toThrow(message);
});
