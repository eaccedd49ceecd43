import { List, Set } from 'immutable';
import { language, variant } from 'everystate';

interface State {
  readonly queue: List<string>;
  readonly sent: number;
}
const { action, spec } = language<State>();

/** Sends m1, m2, … over a channel that may lose the oldest message or double it, which nobody sees. */
export const channel = spec({
  name: 'channel',
  constants: { N: 3, ROOM: 4 },
  init: { queue: List(), sent: 0 },
  actions: ({ N, ROOM }) => ({
    send: action({
      guard: (s) => s.sent < N,
      effect: (s) => ({ queue: s.queue.push(`m${s.sent + 1}`), sent: s.sent + 1 }),
      observed: (_before, _none, after) => ({
        event: 'sent',
        message: `m${after.sent}`,
        size: after.queue.size,
      }),
    }),
    lose: action({
      guard: (s) => s.queue.size > 0,
      effect: (s) => ({ queue: s.queue.shift() }),
      observed: () => undefined,
    }),
    double: action({
      guard: (s) => s.queue.size > 0 && s.queue.size < ROOM,
      effect: (s) => ({ queue: s.queue.unshift(s.queue.first('')) }),
    }),
    receive: action({
      guard: (s) => s.queue.size > 0,
      effect: (s) => ({ queue: s.queue.shift() }),
      observed: (before) => ({ event: 'received', message: before.queue.first('') }),
    }),
  }),
  constraint: (s) => s.sent <= 1000,
});

/** Neither loses nor doubles. */
export const reliable = variant(channel, 'reliable', { withoutActions: ['lose', 'double'] });

export const sent = (n: number) => ({ event: 'sent', message: `m${n}` });
export const received = (n: number) => ({ event: 'received', message: `m${n}` });

interface Guess {
  readonly chosen: string | null;
  readonly tried: Set<string>;
  readonly idle: number;
}
const guessing = language<Guess>();
const doors = ['a', 'b', 'c', 'd'];

/** Chooses a door unseen, and only what is behind it tells which: every choice must be kept in mind. */
export const guess = guessing.spec({
  name: 'guess',
  init: { chosen: null, tried: Set(), idle: 0 },
  actions: {
    // Goes round for ever, seen by nobody.
    idle: guessing.action({ effect: (s) => ({ idle: (s.idle + 1) % 3 }) }),
    choose: guessing.action(
      { door: doors },
      { guard: (s) => s.chosen === null, effect: (_s, { door }) => ({ chosen: door }) },
    ),
    open: guessing.action({
      guard: (s) => s.chosen !== null,
      effect: (s) => ({ chosen: null, tried: s.tried.add(s.chosen ?? '') }),
      observed: (before) => ({ event: 'opened', fresh: !before.tried.has(before.chosen ?? '') }),
    }),
    leave: guessing.action({
      guard: (s) => s.tried.has('d') && s.tried.size === 1,
      effect: () => ({ tried: Set<string>() }),
      observed: () => ({ event: 'left' }),
    }),
  },
});
