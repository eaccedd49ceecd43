import { missing, races, smallRaces, type Peer } from '../../bench/peers';

const peer = (name: Peer['name'], title = 'leader election, N=3'): Peer => {
  const race = smallRaces.find((race) => race.title === title);
  const found = race?.peers.find((peer) => peer.name === name);
  if (!found) throw new Error(`no ${name} for ${title}`);
  return found;
};

/** The lines of a run that are read, as spin prints them. */
const spinPrints = (errors: number, stored: string) => `
(Spin Version 6.5.2 -- 6 December 2019)
State-vector 28 byte, depth reached 45, errors: ${errors}
${stored} states, stored
	 3.09536e+06 nominal states (stored-atomic)
 12196968 states, matched
 15292332 transitions (= stored+matched)
pan: elapsed time 3.46 seconds
`;

test('every race has a count to agree on, and a model for spin and for rumur with its constants', () => {
  for (const { row, peers } of [...races, ...smallRaces]) {
    expect(row.distinct).toBeGreaterThan(0);
    expect(peers.map(({ name }) => name)).toEqual(expect.arrayContaining(['spin, depth first', 'rumur']));
    for (const peer of peers) expect(Object.values(peer.sources()).join('')).not.toBe('');
  }
});

test("a constant is set in rumur's model, and given to spin as a macro", () => {
  expect(peer('rumur', 'bakery, N=2, TICKETS=3').sources()['model.m']).toMatch(
    /^ {2}N: 2;\n {2}TICKETS: 3;/m,
  );
  expect(peer('spin, depth first', 'paxos, BALLOTS=1').build[0]).toContain('-DBALLOTS=1');
  // Murphi's ballots are counted from 1.
  expect(peer('rumur', 'paxos, BALLOTS=1').sources()['model.m']).toMatch(/^ {2}BALLOTS: 2;/m);
});

test("spin's count is read without the state from which it chooses the initial one", () => {
  expect(peer('spin, breadth first').parse(spinPrints(0, '  3095364'))).toEqual({
    distinct: 3_095_363,
    seconds: 3.46,
  });
});

test("rumur's and C's counts are read", () => {
  expect(peer('rumur').parse('Status:\n\tNo error found.\n\t137 states, 219 rules fired in 0s.\n')).toEqual({
    distinct: 137,
    seconds: null,
  });
  expect(
    peer('C by hand', 'two-phase commit, RMS=3').parse('288 distinct, 1146 generated, 0.001 seconds\n'),
  ).toEqual({ distinct: 288, seconds: 0.001 });
});

test('a run that found an error or did not finish is no result', () => {
  expect(() => peer('spin, depth first').parse(spinPrints(1, '801796'))).toThrow('spin found an error');
  expect(() =>
    peer('spin, depth first').parse(`error: max search depth too small${spinPrints(0, '801796')}`),
  ).toThrow("didn't finish");
  expect(() => peer('rumur').parse('Status:\n\t1 error(s) found.\n')).toThrow('rumur found an error');
  expect(() => peer('C by hand', 'two-phase commit, RMS=3').parse('violated: consistent\n')).toThrow(
    "in the peer's output",
  );
});

test('a program that is not there is named', () => {
  expect(missing({ ...peer('rumur'), needs: ['no-such-checker'] })).toEqual(['no-such-checker']);
  expect(missing({ ...peer('rumur'), needs: [] })).toEqual([]);
});
