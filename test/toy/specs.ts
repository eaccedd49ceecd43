/** Small specs whose every variable is a Map from texts to scalars, asked by `get`, changed by `set` and `delete`. */
import { Map } from 'immutable';
import { ids, language } from 'everystate';

const RM = ids('rm', 3);

interface Commit {
  readonly rm: Map<string, string>;
  readonly tm: Map<string, string>;
  readonly messages: Map<string, boolean>;
}
const commit = language<Commit>();

/** Two-phase commit; its manager waits for some of those that it has to wait for. */
const committing = (name: string, awaited: readonly string[]) =>
  commit.spec({
    name,
    init: {
      rm: Map(RM.map((rm) => [rm, 'working'])),
      tm: Map([['decision', 'none']]),
      messages: Map<string, boolean>(),
    },
    actions: {
      prepare: commit.action(
        { rm: RM },
        {
          guard: (s, { rm }) => s.rm.get(rm) === 'working',
          effect: (s, { rm }) => ({
            rm: s.rm.set(rm, 'prepared'),
            messages: s.messages.set(`prepared ${rm}`, true),
          }),
        },
      ),
      chooseToAbort: commit.action(
        { rm: RM },
        {
          guard: (s, { rm }) => s.rm.get(rm) === 'working',
          effect: (s, { rm }) => ({ rm: s.rm.set(rm, 'aborted') }),
        },
      ),
      hearPrepared: commit.action(
        { rm: RM },
        {
          guard: (s, { rm }) => s.tm.get('decision') === 'none' && s.messages.get(`prepared ${rm}`) === true,
          effect: (s, { rm }) => ({ tm: s.tm.set(rm, 'prepared') }),
        },
      ),
      decide: commit.action(
        { decision: ['commit', 'abort'] },
        {
          guard: (s, { decision }) =>
            s.tm.get('decision') === 'none' &&
            (decision === 'abort' || awaited.every((rm) => s.tm.get(rm) === 'prepared')),
          effect: (s, { decision }) => ({
            tm: s.tm.set('decision', decision),
            messages: s.messages.set(decision, true),
          }),
        },
      ),
      obey: commit.action(
        { rm: RM, decision: ['commit', 'abort'] },
        {
          guard: (s, { decision }) => s.messages.get(decision) === true,
          effect: (s, { rm, decision }) => ({
            rm: s.rm.set(rm, decision === 'commit' ? 'committed' : 'aborted'),
          }),
        },
      ),
    },
    invariants: {
      consistent: commit.invariant(
        { one: RM, other: RM },
        (s, { one, other }) => !(s.rm.get(one) === 'committed' && s.rm.get(other) === 'aborted'),
      ),
    },
  });

export const twoPhaseCommit = committing('two-phase commit', RM);
export const twoPhaseCommitInHaste = committing('two-phase commit in haste', RM.slice(1));

interface Counter {
  readonly n: Map<string, number>;
  readonly read: Map<string, number>;
}
const counting = language<Counter>();

/** Two workers read a number and write back one more, once each: one of them may be lost. */
export const counter = counting.spec({
  name: 'counter',
  init: { n: Map({ sum: 0, done: 0 }), read: Map<string, number>() },
  actions: {
    look: counting.action(
      { worker: ids('w', 2) },
      {
        guard: (s, { worker }) => s.read.get(worker) === undefined,
        effect: (s, { worker }) => ({ read: s.read.set(worker, s.n.get('sum') ?? 0) }),
      },
    ),
    add: counting.action(
      { worker: ids('w', 2) },
      {
        guard: (s, { worker }) => (s.read.get(worker) ?? -1) >= 0,
        effect: (s, { worker }) => ({
          n: s.n.set('sum', (s.read.get(worker) ?? 0) + 1).set('done', (s.n.get('done') ?? 0) + 1),
          read: s.read.set(worker, -1),
        }),
      },
    ),
  },
  invariants: { nothingLost: (s) => s.n.get('done') !== 2 || s.n.get('sum') === 2 },
});

interface Stack {
  readonly at: Map<string, string>;
  readonly top: Map<string, number>;
}
const stacking = language<Stack>();

/** Entries come and go: cells that appear in the middle of a search, and are absent again. */
export const stack = stacking.spec({
  name: 'stack',
  init: { at: Map<string, string>(), top: Map({ size: 0 }) },
  actions: {
    push: stacking.action(
      { letter: ['a', 'b'] },
      {
        guard: (s) => (s.top.get('size') ?? 0) < 4,
        effect: (s, { letter }) => {
          const size = s.top.get('size') ?? 0;
          return { at: s.at.set(`${size}`, letter), top: s.top.set('size', size + 1) };
        },
      },
    ),
    pop: stacking.action({
      guard: (s) => (s.top.get('size') ?? 0) > 0,
      effect: (s) => {
        const size = (s.top.get('size') ?? 0) - 1;
        return { at: s.at.delete(`${size}`), top: s.top.set('size', size) };
      },
    }),
  },
  invariants: { nothingAbove: (s) => s.at.get(`${s.top.get('size') ?? 0}`) === undefined },
});

interface Desk {
  readonly papers: Map<string, string>;
  readonly clerk: Map<string, number>;
}
const desk = language<Desk>();

/** Papers are laid on a desk and signed there; whoever looks for an open one walks over all there are by then. */
const filing = (name: string, invariants: { [name: string]: (s: Desk) => boolean }) =>
  desk.spec({
    name,
    init: { papers: Map<string, string>(), clerk: Map({ laid: 0 }) },
    actions: {
      lay: desk.action({
        guard: (s) => (s.clerk.get('laid') ?? 0) < 3,
        effect: (s) => {
          const laid = s.clerk.get('laid') ?? 0;
          return { papers: s.papers.set(`p${laid}`, 'open'), clerk: s.clerk.set('laid', laid + 1) };
        },
      }),
      sign: desk.action(
        { paper: ids('p', 3).map((_, index) => `p${index}`) },
        {
          guard: (s, { paper }) => s.papers.get(paper) === 'open',
          effect: (s, { paper }) => [
            { papers: s.papers.delete(paper) },
            { papers: s.papers.set(paper, 'signed') },
          ],
        },
      ),
      goHome: desk.action({
        guard: (s) => !s.papers.some((paper) => paper === 'open') && s.clerk.get('home') !== 1,
        effect: (s) => ({ clerk: s.clerk.set('home', 1) }),
      }),
      comeBack: desk.action({
        guard: (s) => s.papers.some((paper) => paper === 'open') && s.clerk.get('home') === 1,
        effect: (s) => ({ clerk: s.clerk.delete('home') }),
      }),
    },
    invariants,
  });

export const office = filing('office', {
  laidBeforeSigned: (s) => !s.papers.some((paper) => paper === 'signed') || s.clerk.get('laid') !== 0,
});
/** Its invariant reads nothing but what is walked over, and falls by a paper that was not there when it was learned. */
export const officeInDisorder = filing('office in disorder', {
  nothingOpen: (s) => !s.papers.some((paper) => paper === 'signed'),
});
