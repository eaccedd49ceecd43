/** The files that `everystate init` writes, by name. */
export const STARTER: { readonly [name: string]: string } = {
  'counter.ts': `/**
 * Workers add 1 to a shared counter. Each reads it and later writes back what it read, plus 1; a lock keeps
 * the others out meanwhile.
 */
import { Map, Set } from 'immutable';
import { ids, language, variant } from 'everystate';

type Worker = \`worker\${number}\`;

interface State {
  readonly counter: number;
  readonly lock: Worker | null;
  /** What a worker has read and not yet written back. */
  readonly read: Map<Worker, number>;
  readonly done: Set<Worker>;
}
const { action, invariant, spec } = language<State>();

const counter = spec({
  name: 'counter',
  constants: { WORKERS: 2 },

  // Functions that actions share, and that a variant may replace.
  definitions: () => ({ mayWork: (s: State, worker: Worker) => s.lock === worker }),

  init: { counter: 0, lock: null, read: Map(), done: Set() },

  actions: ({ WORKERS }, { mayWork }) => {
    const worker = ids('worker', WORKERS);
    return {
      lock: action(
        { worker },
        {
          guard: (s, { worker }) => s.lock === null && !s.done.has(worker),
          effect: (_, { worker }) => ({ lock: worker }),
          says: ({ worker }) => \`\${worker} takes the lock\`,
        },
      ),
      read: action(
        { worker },
        {
          guard: (s, { worker }) => mayWork(s, worker) && !s.read.has(worker) && !s.done.has(worker),
          effect: (s, { worker }) => ({ read: s.read.set(worker, s.counter) }),
          says: ({ worker }, before) => \`\${worker} reads \${before.counter}\`,
        },
      ),
      write: action(
        { worker },
        {
          guard: (s, { worker }) => s.read.has(worker),
          effect: (s, { worker }) => ({
            counter: s.read.get(worker, 0) + 1,
            read: s.read.delete(worker),
            done: s.done.add(worker),
            lock: null,
          }),
          says: ({ worker }, _, after) => \`\${worker} writes \${after.counter}\`,
        },
      ),
    };
  },

  // Must hold in every reachable state.
  invariants: {
    nothingIsLost: invariant((s) => s.counter === s.done.size, {
      says: (s) => \`\${s.done.size} have written, but the counter says \${s.counter}\`,
    }),
  },

  // Must hold in some reachable state: or else the spec promises much because it does little.
  reachable: ({ WORKERS }) => ({ everyoneIsDone: (s) => s.done.size === WORKERS }),

  // Where nothing more need happen; anywhere else that is a deadlock.
  final: (s, { WORKERS }) => s.done.size === WORKERS,
});
export default counter;

/** What happens if nobody asks for the lock: everystate check counter.ts --variant withoutLock */
export const withoutLock = variant(counter, 'withoutLock', {
  definitions: () => ({ mayWork: () => true }),
});
`,
  'counter.test.ts': `import { check } from 'everystate';
import 'everystate/jest';
import counter, { withoutLock } from './counter';

test('with the lock, no increment is lost', async () => {
  expect(await check(counter)).toHold();
});

test('three workers do no worse than two', async () => {
  expect(await check(counter, { constants: { WORKERS: 3 } })).toHold();
});

test('without the lock, one is', async () => {
  expect(await check(withoutLock)).toViolate('nothingIsLost', { length: 5, lastAction: 'write' });
});
`,
};

/** For a project that has no Jest configuration: TypeScript through the compiler that everystate has aboard. */
export const JEST_CONFIG = `module.exports = {
  testMatch: ['**/*.test.ts'],
  transform: { '\\\\.[cm]?ts$': 'everystate/jest-transform' },
};
`;
