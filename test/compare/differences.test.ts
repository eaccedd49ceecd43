import { differencesOf, type Row } from '../../checker/compare/differences';

const row = (changes: Partial<Row> = {}): Row => ({
  variant: 'F1',
  environment: 'halt',
  verdict: 'violated',
  violated: ['small', 'top'],
  shortest: { small: 4 },
  distinct: 12,
  ...changes,
});

describe('differencesOf', () => {
  it('has nothing to say of equal tables, in whatever order their rows are', () => {
    const other = row({ variant: 'A' });
    expect(differencesOf([row(), other], [other, row()])).toEqual([]);
  });

  it.each<[Partial<Row>, string[]]>([
    [
      { verdict: 'holds', violated: [], shortest: {} },
      ['verdict holds, not violated', 'small does not fall', 'top does not fall'],
    ],
    [{ shortest: { small: 5 } }, ['small falls in 5, not in 4']],
    [{ shortest: {} }, ['small falls in no state, not in 4']],
    [{ violated: ['small', 'top', 'even'], shortest: { small: 4, even: 2 } }, ['even falls in 2']],
    [{ violated: ['top', 'small'] }, ['violated in the order top, small, not small, top']],
    [{ distinct: 13 }, ['13 distinct states, not 12']],
  ])('%j', (changes, how) => {
    expect(differencesOf([row()], [row(changes)])).toEqual([{ variant: 'F1', environment: 'halt', how }]);
  });

  it('names cells that only one of them has', () => {
    const differences = differencesOf([row({ variant: 'old' })], [row({ variant: 'new' })]);
    expect(differences.map(({ variant, how }) => [variant, ...how])).toEqual([
      ['new', 'not in the expected table'],
      ['old', 'only in the expected table'],
    ]);
  });
});
