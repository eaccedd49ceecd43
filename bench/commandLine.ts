import { parseArgs } from 'node:util';

/** How to race. */
export interface Options {
  readonly rounds: number;
  /** Race only the models whose title contains this. */
  readonly only: string | null;
  /** Small models, to see that the script works. */
  readonly quick: boolean;
  /** Every contestant on every model, however long it takes. */
  readonly all: boolean;
  /** Where to write the record; a file in bench/out where null. */
  readonly out: string | null;
  /** Make the tables of this earlier record instead of racing. */
  readonly from: string | null;
  /** Write the tables to bench/RESULTS.md. */
  readonly results: boolean;
  /** Seconds after which a run is killed. */
  readonly limit: number;
}

export const USAGE = `npm run bench -- [options]

  --rounds N    runs of each contestant on each model, of which the median counts (3)
  --only MODEL  only models whose title contains this, such as paxos or RMS=8
  --quick       small models, to see that the script works
  --all         every contestant on every model, those that take minutes too
  --limit S     seconds after which a run is killed (300)
  --out FILE    where to write the record (in bench/out, named by the minute)
  --results     write the tables to bench/RESULTS.md
  --from FILE   make the tables of an earlier record; nothing is raced
`;

/** Throws an error whose message says what is wrong with the words. */
export function optionsOf(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      out: { type: 'string' },
      from: { type: 'string' },
      results: { type: 'boolean', default: false },
      limit: { type: 'string', default: '300' },
    },
  });
  const { quick, results, from } = values;
  // The committed results are of the models that the README speaks of.
  if (quick && results) throw new Error('--results wants the large models: leave out --quick');
  if (results && values.only !== undefined) throw new Error('--results wants every model: leave out --only');
  return {
    rounds: wholeNumber('rounds', values.rounds),
    only: values.only ?? null,
    quick,
    all: values.all,
    out: values.out ?? null,
    from: from ?? null,
    results,
    limit: wholeNumber('limit', values.limit),
  };
}

function wholeNumber(name: string, word: string): number {
  const value = Number(word);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${name} must be a whole number above 0, but is '${word}'`);
  return value;
}
