import { language, validate } from 'everystate';
import fc from 'fast-check';

/** An edge of a random graph: what it shows, if anything, and between which states. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly shows: 'a' | 'b' | null;
}
const { action, spec } = language<{ at: number }>();

const specOf = (edges: readonly Edge[]) =>
  spec({
    name: 'graph',
    init: { at: 0 },
    actions: {
      go: action(
        { i: edges.map((_, i) => i) },
        {
          guard: (s, { i }) => edges[i]?.from === s.at,
          effect: (_s, { i }) => ({ at: edges[i]?.to ?? 0 }),
          observed: (_before, { i }) => (edges[i]?.shows ? { event: edges[i].shows } : undefined),
        },
      ),
    },
  });

/** All states side by side, one event after the other: the sets after each event, as long as there are any. */
function followed(edges: readonly Edge[], log: readonly string[]): Set<number>[] {
  const closed = (states: Set<number>) => {
    for (const at of states)
      for (const { from, to, shows } of edges) if (from === at && shows === null) states.add(to);
    return states;
  };
  const sets = [closed(new Set([0]))];
  for (const event of log) {
    const last = sets.at(-1) ?? new Set();
    const next = edges.filter(({ from, shows }) => last.has(from) && shows === event).map(({ to }) => to);
    if (next.length === 0) break;
    sets.push(closed(new Set(next)));
  }
  return sets;
}

const state = fc.integer({ min: 0, max: 5 });
const event = fc.constantFrom('a' as const, 'b' as const);
const edge = fc.record({ from: state, to: state, shows: fc.option(event) });

describe('validate, beside the textbook way', () => {
  it('explains the same logs, and refuses the others at the same event in the same states', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(edge, { maxLength: 12 }),
        fc.array(event, { maxLength: 8 }),
        async (edges, log) => {
          const sets = followed(edges, log);
          const last = sets.at(-1) ?? new Set<number>();
          const validation = await validate(
            specOf(edges),
            log.map((name) => ({ event: name })),
          );
          if (sets.length === log.length + 1) {
            expect(validation.verdict).toBe('explained');
            return;
          }
          refused++;
          if (validation.verdict !== 'unexplained') throw new Error(`it is ${validation.verdict}`);
          expect(validation.explained).toBe(sets.length - 1);
          expect(validation.stateCount).toBe(last.size);
          const possible = edges.filter(({ from, shows }) => last.has(from) && shows !== null);
          expect(validation.allowed.map(({ event }) => event['event']).sort()).toEqual(
            [...new Set(possible.map(({ shows }) => shows))].sort(),
          );
        },
      ),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(20);
  });

  it('shows a run whose events are those of the log', async () => {
    let explained = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(edge, { maxLength: 14 }),
        fc.array(event, { maxLength: 5 }),
        async (edges, log) => {
          const validation = await validate(
            specOf(edges),
            log.map((name) => ({ event: name })),
            { maxHidden: 3 },
          );
          if (validation.verdict === 'broken') throw new Error(validation.what);
          const { steps } = validation.witness;
          const seen = steps.flatMap(({ observed }) => (observed ? [observed['event']] : []));
          const prefix = validation.verdict === 'explained' ? log.length : validation.explained;
          expect(seen).toEqual(log.slice(0, prefix));
          expect(steps.flatMap(({ event: number }) => (number === undefined ? [] : [number]))).toEqual(
            seen.map((_, i) => i + 1),
          );
          if (validation.verdict === 'explained') explained++;
        },
      ),
      { numRuns: 200 },
    );
    expect(explained).toBeGreaterThan(20);
  });
});
