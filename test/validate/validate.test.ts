import {
  UsageError,
  language,
  replay,
  validate,
  type Event,
  type Explained,
  type Unexplained,
  type Validation,
  type ValidationIncomplete,
} from 'everystate';
import { channel, guess, received, reliable, sent } from './channel';

type Of<V extends Validation['verdict']> = Extract<Validation, { verdict: V }>;

function expectVerdict<V extends Validation['verdict']>(validation: Validation, verdict: V): Of<V> {
  expect(validation.verdict).toBe(verdict);
  return validation as Of<V>;
}

/** A run as its labels, each with the number of the event it shows. */
const labelsOf = ({ witness }: Pick<Explained, 'witness'>) =>
  witness.steps.map(({ label, event }) => (event === undefined ? label : `${label} = ${event}`));

describe('an explained log', () => {
  it('is filled up with hidden steps', async () => {
    const log = [sent(1), received(1), received(1), sent(2), sent(3), received(3)];
    const validation = expectVerdict(await validate(channel, log), 'explained');
    expect(labelsOf(validation)).toEqual([
      'send = 1',
      'double',
      'receive = 2',
      'receive = 3',
      'send = 4',
      'send = 5',
      'lose',
      'receive = 6',
    ]);
    expect(validation.events).toBe(6);
    expect(validation.witness.steps[0]?.observed).toEqual({ event: 'sent', message: 'm1', size: 1 });
    expect(validation.witness.steps[1]).not.toHaveProperty('observed');
  });

  it('comes with a run that replay takes', async () => {
    const { witness } = expectVerdict(await validate(channel, [sent(1), sent(2), received(2)]), 'explained');
    const again = replay(
      channel,
      witness.steps.map(({ label }) => label),
      { start: witness.start },
    );
    expect(again).toMatchObject({ verdict: 'replayed', trace: { length: witness.length } });
  });

  it('may be empty, and may end anywhere', async () => {
    const { witness } = expectVerdict(await validate(channel, []), 'explained');
    expect(witness).toMatchObject({ start: 1, length: 1, steps: [] });
    expectVerdict(await validate(channel, [sent(1)]), 'explained');
  });

  it('is compared on the fields it has', async () => {
    expectVerdict(await validate(channel, [{ event: 'sent' }, {}, { message: 'm1' }]), 'explained');
    expectVerdict(await validate(channel, [{ event: 'sent', size: 2 }]), 'unexplained');
  });

  it('is not compared on its time, nor on what is to be ignored', async () => {
    const log = [{ ...sent(1), time: 12, host: 'x' }];
    expectVerdict(await validate(channel, log, { ignore: ['host'] }), 'explained');
    const { allowed } = expectVerdict(await validate(channel, log), 'unexplained');
    expect(allowed[0]).toMatchObject({ agrees: ['event', 'message'], differs: ['host'] });
  });

  it('takes constants and variants', async () => {
    const log = [sent(1), sent(2)];
    expectVerdict(await validate(channel, log, { constants: { N: 1 } }), 'unexplained');
    expectVerdict(await validate(reliable, log), 'explained');
  });

  it('keeps every possibility in mind until the log tells', async () => {
    const opened = { event: 'opened' };
    const log = [{ ...opened, fresh: true }, { ...opened, fresh: false }, { event: 'left' }];
    const validation = expectVerdict(await validate(guess, log), 'explained');
    // Only door d fits, and only the last event says so.
    expect(labelsOf(validation).filter((label) => label.includes('('))).toEqual(
      Array(2).fill('choose(door: d)'),
    );
  });

  it('starts in whichever initial state explains it', async () => {
    const { action, spec } = language<{ n: number }>();
    const several = spec({
      name: 'several',
      init: [{ n: 1 }, { n: 2 }, { n: 3 }],
      actions: { show: action({ effect: () => ({}), observed: ({ n }) => ({ n }) }) },
    });
    const { witness } = expectVerdict(await validate(several, [{ n: 2 }, { n: 2 }]), 'explained');
    expect(witness.start).toBe(2);
    expectVerdict(await validate(several, [{ n: 2 }, { n: 3 }]), 'unexplained');
  });

  it('tells a step that shows the event from a hidden one to the same state', async () => {
    const { action, spec } = language<{ n: number }>();
    const twins = spec({
      name: 'twins',
      init: { n: 0 },
      actions: {
        silently: action({ effect: (s) => ({ n: s.n + 1 }) }),
        loudly: action({ effect: (s) => ({ n: s.n + 1 }), observed: () => ({ event: 'up' }) }),
      },
      constraint: (s) => s.n < 5,
    });
    expect(labelsOf(expectVerdict(await validate(twins, [{ event: 'up' }]), 'explained'))).toEqual([
      'loudly = 1',
    ]);
  });
});

describe('an unexplained log', () => {
  it('names the event, what went before, where the system could be and what it could show', async () => {
    const log = [sent(1), received(1), received(1), sent(2)];
    const validation: Unexplained = expectVerdict(await validate(reliable, log), 'unexplained');
    expect(validation.explained).toBe(2);
    expect(validation.refused).toBe(log[2]);
    expect(labelsOf(validation)).toEqual(['send = 1', 'receive = 2']);
    expect(validation.stateCount).toBe(1);
    expect(validation.states).toMatchObject([{ sent: 1 }]);
    expect(validation.allowedCount).toBe(1);
    expect(validation.allowed).toEqual([
      {
        event: { event: 'sent', message: 'm2', size: 1 },
        actions: ['send'],
        agrees: [],
        differs: ['event', 'message'],
      },
    ]);
  });

  it('counts all states the system could be in, hidden steps taken or not, and shows a few', async () => {
    const validation = expectVerdict(await validate(channel, [sent(1), received(2)]), 'unexplained');
    // The one message there, lost, or there two, three or four times.
    expect(validation.stateCount).toBe(5);
    expect(validation.states.map((s) => (s['queue'] as { size: number }).size)).toEqual([1, 0, 2]);
    // The event most like the refused one comes first.
    expect(validation.allowed[0]).toMatchObject({
      event: received(1),
      agrees: ['event'],
      differs: ['message'],
    });
  });

  it('says so where nothing more could be seen', async () => {
    const validation = expectVerdict(
      await validate(reliable, [sent(1), received(1), sent(2)], { constants: { N: 1 } }),
      'unexplained',
    );
    expect(validation).toMatchObject({ explained: 2, allowedCount: 0, allowed: [] });
  });

  it('is told after every hidden loop was followed', async () => {
    const validation = expectVerdict(await validate(guess, [{ event: 'left' }]), 'unexplained');
    expect(validation.stateCount).toBe(15); // nothing or one of four doors chosen, three ways of idling
  });

  it('may be the fault of the constraint, which is counted', async () => {
    const narrow = await validate(channel, [{ event: 'sent' }, { event: 'sent' }], { constants: { N: 9 } });
    expect(narrow.statistics.outside).toBe(0);
  });
});

describe('the work', () => {
  const logOf = (n: number): Event[] =>
    Array.from({ length: n }, (_, i) => [sent(i + 1), received(i + 1)]).flat();

  it('grows with the number of events alone', async () => {
    const visited = async (n: number) =>
      (await validate(channel, logOf(n), { constants: { N: n } })).statistics.states;
    const [hundred, thousand] = [await visited(50), await visited(500)];
    expect(hundred).toBeGreaterThan(100);
    // Each event costs the same: the line through two lengths goes through 0, but for the first state.
    expect(thousand - 1).toBe(10 * (hundred - 1));
  });

  it('grows with the number of events alone where the log turns out wrong in the end', async () => {
    const visited = async (n: number) => {
      const validation = await validate(channel, [...logOf(n), received(0)], { constants: { N: n } });
      return expectVerdict(validation, 'unexplained').statistics;
    };
    const [hundred, thousand] = [await visited(50), await visited(200)];
    expect(thousand.widest).toBe(hundred.widest);
    const each = (thousand.states - hundred.states) / 300;
    expect(each).toBeLessThanOrEqual(hundred.widest);
    expect(thousand.states).toBeLessThanOrEqual(401 * hundred.widest);
  });
});

describe('a limit', () => {
  const log = [sent(1), sent(2), received(3)];
  /** Enough states for a search to take a breath. */
  const roomy = { constants: { ROOM: 30 } };

  it.each([
    ['maxStates', { maxStates: 4 }, 'states', 4],
    ['maxHidden', { maxHidden: 1 }, 'hidden', 1],
    ['maxSeconds', { maxSeconds: 0.5 }, 'seconds', 0.5],
  ])('%s makes the result incomplete', async (_name, options, limit, bound) => {
    let now = 0;
    const validation: ValidationIncomplete = expectVerdict(
      await validate(channel, log, { ...roomy, ...options, now: () => (now += 100) }),
      'incomplete',
    );
    expect(validation).toMatchObject({ limit, bound, explained: 2 });
    expect(labelsOf(validation)).toEqual(['send = 1', 'send = 2']);
  });

  it('is none where the log is explained, or refused, within it', async () => {
    expectVerdict(await validate(channel, log.slice(0, 2), { maxHidden: 1 }), 'explained');
    expectVerdict(await validate(reliable, log, { maxHidden: 1, maxStates: 4 }), 'unexplained');
  });

  it('of hidden steps counts from the last event', async () => {
    const far = [sent(1), received(1), received(1), sent(2), received(2), received(2)];
    expectVerdict(await validate(channel, far, { maxHidden: 1 }), 'explained');
  });

  it('may be an abort; progress is told until then', async () => {
    let now = 0;
    const aborting = new AbortController();
    const told: number[] = [];
    const validation = await validate(channel, log, {
      ...roomy,
      signal: aborting.signal,
      now: () => (now += 100),
      onProgress: ({ states }) => {
        told.push(states);
        aborting.abort();
      },
    });
    expect(expectVerdict(validation, 'incomplete')).toMatchObject({ limit: 'aborted', bound: null });
    expect(told.length).toBe(1);
  });
});

describe('a broken spec', () => {
  const { action, spec } = language<{ n: number }>();
  const showing = (observed: (s: { n: number }) => unknown) =>
    spec({
      name: 'showing',
      init: { n: 0 },
      actions: { up: action({ effect: (s) => ({ n: s.n + 1 }), observed: observed as () => Event }) },
    });

  it.each<[string, (s: { n: number }) => unknown, string]>([
    [
      'throws',
      () => {
        throw new Error('unseen');
      },
      'it threw Error: unseen',
    ],
    ['gives no object', () => 'up', 'it returned "up" in place of an event'],
    ['gives null', () => null, 'it returned null in place of an event'],
    ['gives a list', () => ['up'], 'it returned a list in place of an event'],
    ['gives NaN', () => ({ n: NaN }), "its event has NaN in field 'n'"],
    ['gives an object', () => ({ n: {} }), "its event has an object in field 'n'"],
  ])('%s', async (_what, observed, what) => {
    const validation = await validate(
      showing((s) => (s.n < 2 ? { n: s.n } : observed(s))),
      [{ n: 0 }, { n: 1 }, { n: 2 }],
    );
    const broken = expectVerdict(validation, 'broken');
    expect(broken).toMatchObject({ what, place: { part: 'observed', name: 'up' } });
    expect(broken.trace?.length).toBe(3);
  });

  it('may leave a field undefined: then the event lacks it', async () => {
    expectVerdict(
      await validate(
        showing(() => ({ event: 'up', n: undefined })),
        [{ event: 'up' }],
      ),
      'explained',
    );
    expectVerdict(
      await validate(
        showing(() => ({ event: 'up', n: undefined })),
        [{ n: 0 }],
      ),
      'unexplained',
    );
  });

  it('throws in an effect', async () => {
    const validation = await validate(
      spec({
        name: 'throwing',
        init: { n: 0 },
        actions: {
          up: action({
            effect: (s) => {
              if (s.n === 1) throw new Error('no further');
              return { n: 1 };
            },
            observed: () => ({ event: 'up' }),
          }),
        },
      }),
      [{ event: 'up' }, { event: 'up' }],
    );
    expect(expectVerdict(validation, 'broken')).toMatchObject({
      place: { part: 'effect' },
      trace: { length: 2 },
    });
  });

  it('has no initial state', async () => {
    const none = spec({
      name: 'none',
      init: [],
      actions: { up: action({ effect: () => ({ n: 1 }), observed: () => ({}) }) },
    });
    expectVerdict(await validate(none, []), 'broken');
  });
});

describe('what makes no sense', () => {
  const { action, spec } = language<{ n: number }>();
  const silent = spec({
    name: 'silent',
    init: { n: 0 },
    actions: { up: action({ effect: () => ({ n: 1 }) }) },
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['a spec that shows nothing', () => validate(silent, []), 'says of no action what can be observed'],
    [
      'an event that is none',
      () => validate(channel, [sent(1), 'sent' as never]),
      'event 2 is "sent", not an event',
    ],
    [
      'a nested field',
      () => validate(channel, [{ at: { x: 1 } } as never]),
      "event 1: field 'at' is an object",
    ],
    [
      'an unknown constant',
      () => validate(channel, [], { constants: { M: 1 } as never }),
      "has no constant 'M'",
    ],
    [
      'a limit of none',
      () => validate(channel, [], { maxStates: 0 }),
      'maxStates must be a whole number above 0',
    ],
    ['a limit that is no number', () => validate(channel, [], { maxSeconds: NaN }), 'maxSeconds must be'],
  ])('%s', async (_what, validating, message) => {
    await expect(validating()).rejects.toThrow(UsageError);
    await expect(validating()).rejects.toThrow(message);
  });
});
