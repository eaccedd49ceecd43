import { check, language } from 'everystate';
import { Map } from 'immutable';
import { Session } from '../../checker/learn/session';
import { InternalError, TooFine } from '../../checker/model/engineError';

interface State {
  readonly m: Map<string, number>;
  readonly hit: boolean;
}
const { action, spec } = language<State>();

/** What the user's code does about all that is thrown through it. */
const REACTIONS: { readonly [name: string]: (look: () => boolean) => boolean } = {
  'lets it pass': (look) => look(),
  'catches it': (look) => {
    try {
      return look();
    } catch {
      return true;
    }
  },
  'throws something else': (look) => {
    try {
      return look();
    } catch {
      throw new RangeError('of the spec');
    }
  },
};

const specOf = (reaction: (look: () => boolean) => boolean) =>
  spec({
    name: 'defects',
    init: { m: Map({ a: 1 }), hit: false },
    actions: {
      go: action({ guard: (s) => reaction(() => s.m.get('a') === 1), effect: () => ({ hit: true }) }),
    },
  });

afterEach(() => jest.restoreAllMocks());

test.each(Object.entries(REACTIONS))(
  'a defect of the engine is told as one where the user’s code %s',
  async (_name, reaction) => {
    jest.spyOn(Session.prototype, 'get').mockImplementation(() => {
      throw new InternalError('a cell is missing');
    });
    await expect(check(specOf(reaction), { deadlock: false })).rejects.toThrow(InternalError);
  },
);

test.each(Object.entries(REACTIONS))(
  'what ends learning ends it where the user’s code %s, and is no fault of the spec',
  async (_name, reaction) => {
    const { get } = Session.prototype;
    let calls = 0;
    jest.spyOn(Session.prototype, 'get').mockImplementation(function (this: Session, place) {
      if (++calls === 2) throw new TooFine('enough');
      return get.call(this, place);
    });
    const result = await check(specOf(reaction), { deadlock: false });
    expect(result).toMatchObject({
      verdict: 'holds',
      statistics: { distinct: 2, learning: { whole: true } },
    });
  },
);
