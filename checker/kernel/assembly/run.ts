import { OUTCOME } from '../codes';
import { Row } from './cells';
import { Context } from './context';
import { find } from './find';
import { gather } from './gather';
import { header } from './header';
import { take } from './take';

/** Expands the states of some rows from the k-th on; stops with the state under way in `at` where the caller is needed. */
export function run(c: Context, rows: usize, from: i32, to: i32, first: i32): i32 {
  const stride = header.stride;
  for (let k = from; k < to; k++) {
    const row = changetype<Row>(rows + <usize>(k * stride));
    let outcome: i32 = c.underWay === OUTCOME.DONE ? begin(c, row) : OUTCOME.DONE;
    if (outcome === OUTCOME.DONE) {
      outcome = take(c, row, first + k);
      c.underWay = outcome;
    }
    if (outcome) {
      c.at = k;
      return outcome;
    }
    c.stepsJudged = 0;
  }
  return OUTCOME.DONE;
}

/** Finds what a state's steps are. */
function begin(c: Context, row: Row): i32 {
  const outcome = gather(c, row);
  if (outcome) return outcome;
  if (c.gathered) return find(c, row, 0, c.gathered);
  if (header.deadlock) return OUTCOME.NO_STEP;
  c.foundCount = 0;
  return OUTCOME.DONE;
}
