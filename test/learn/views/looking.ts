import { is } from 'immutable';
import { STANDS_FOR, isStandIn } from '../../../checker/value/standIn';
import { Tracked, type Given } from '../tracked';

/** What a function gives on views, beside what it gives on the real values, and what it read. */
export function look(state: Given, body: (state: Given) => unknown) {
  const tracked = new Tracked(Object.keys(state));
  const real = Object.fromEntries(
    Object.entries(state).map(([name, value]) => [name, tracked.values.canonicalOf(value)]),
  );
  const { gave, threw, read, notes, session } = tracked.run(tracked.row(state), body);
  notes.quiet = true; // from here on only the test looks
  const expected = threw ? undefined : body(real);
  return {
    /** Whether both are the same for whoever looks at values. */
    same: () => is(standing(gave), expected),
    gave,
    threw,
    read,
    refused: notes.refused,
    session,
  };
}

function standing(value: unknown): unknown {
  return isStandIn(value) ? value[STANDS_FOR]() : value;
}
