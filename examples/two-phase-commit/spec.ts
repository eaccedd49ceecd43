/**
 * Two-phase commit: a transaction manager asks every resource manager before it commits.
 *
 * After Lamport's TLA+ module TwoPhase (Gray and Lamport, "Consensus on transaction commit", 2004), variable
 * by variable and action by action, so that the counts can be compared with TLC's. Messages are never taken
 * out of `messages`: one that is lost is one that nobody gets round to receiving.
 */
import { Map, Record, Set, type RecordOf } from 'immutable';
import { ids, language } from 'everystate';

type RM = `rm${number}`;

type Message = RecordOf<{ type: 'prepared' | 'commit' | 'abort'; rm: RM | null }>;
const Message = Record<{ type: 'prepared' | 'commit' | 'abort'; rm: RM | null }>(
  { type: 'commit', rm: null },
  'Message',
);
const prepared = (rm: RM): Message => Message({ type: 'prepared', rm });
const commit: Message = Message({ type: 'commit' });
const abort: Message = Message({ type: 'abort' });

interface State {
  readonly rm: Map<RM, 'working' | 'prepared' | 'committed' | 'aborted'>;
  readonly tm: 'init' | 'committed' | 'aborted';
  /** The resource managers that the transaction manager knows to be prepared. */
  readonly tmPrepared: Set<RM>;
  readonly messages: Set<Message>;
}
const { action, invariant, spec } = language<State>();

export default spec({
  name: 'two-phase commit',
  constants: { RMS: 3 },

  init: ({ RMS }) => ({
    rm: Map(ids('rm', RMS).map((rm) => [rm, 'working'])),
    tm: 'init',
    tmPrepared: Set(),
    messages: Set(),
  }),

  actions: ({ RMS }) => {
    const rm = ids('rm', RMS);
    return {
      prepare: action(
        { rm },
        {
          guard: (s, { rm }) => s.rm.get(rm) === 'working',
          effect: (s, { rm }) => ({ rm: s.rm.set(rm, 'prepared'), messages: s.messages.add(prepared(rm)) }),
          says: ({ rm }) => `${rm} prepares and tells the transaction manager`,
        },
      ),
      // Sends nothing: the manager may abort at any time anyway, which is how this abort would reach it.
      chooseToAbort: action(
        { rm },
        {
          guard: (s, { rm }) => s.rm.get(rm) === 'working',
          effect: (s, { rm }) => ({ rm: s.rm.set(rm, 'aborted') }),
          says: ({ rm }) => `${rm} aborts of its own accord`,
        },
      ),
      hearPrepared: action(
        { rm },
        {
          guard: (s, { rm }) => s.tm === 'init' && s.messages.has(prepared(rm)),
          effect: (s, { rm }) => ({ tmPrepared: s.tmPrepared.add(rm) }),
          says: ({ rm }) => `the transaction manager hears that ${rm} is prepared`,
        },
      ),
      decideCommit: action({
        guard: (s) => s.tm === 'init' && rm.every((each) => s.tmPrepared.has(each)),
        effect: (s) => ({ tm: 'committed', messages: s.messages.add(commit) }),
        says: 'the transaction manager commits',
      }),
      decideAbort: action({
        guard: (s) => s.tm === 'init',
        effect: (s) => ({ tm: 'aborted', messages: s.messages.add(abort) }),
        says: 'the transaction manager aborts',
      }),
      // No look at rm's own state: that a decision never contradicts it is what `consistent` is there to find.
      obeyCommit: action(
        { rm },
        {
          guard: (s) => s.messages.has(commit),
          effect: (s, { rm }) => ({ rm: s.rm.set(rm, 'committed') }),
          says: ({ rm }) => `${rm} is told to commit`,
        },
      ),
      obeyAbort: action(
        { rm },
        {
          guard: (s) => s.messages.has(abort),
          effect: (s, { rm }) => ({ rm: s.rm.set(rm, 'aborted') }),
          says: ({ rm }) => `${rm} is told to abort`,
        },
      ),
    };
  },

  invariants: ({ RMS }) => ({
    consistent: invariant(
      { one: ids('rm', RMS), other: ids('rm', RMS) },
      (s, { one, other }) => !(s.rm.get(one) === 'committed' && s.rm.get(other) === 'aborted'),
      { says: (_, { one, other }) => `${one} has committed and ${other} has aborted` },
    ),
  }),

  reachable: ({ RMS }) => ({
    everyoneCommits: (s) => ids('rm', RMS).every((rm) => s.rm.get(rm) === 'committed'),
    everyoneAborts: (s) => ids('rm', RMS).every((rm) => s.rm.get(rm) === 'aborted'),
  }),
});
