import { validate } from 'everystate';
import 'everystate/jest';
import { channel, received, reliable, sent } from '../validate/channel';
import { counter } from './counter';

/** What a failing expectation says. */
async function failure(expectation: Promise<void>): Promise<string> {
  return expectation.then(
    () => {
      throw new Error('the expectation passed');
    },
    (error: Error) => error.message,
  );
}

const log = [sent(1), received(1), received(1)];

describe('toExplain', () => {
  it('passes where some behavior shows the log', async () => {
    await expect(channel).toExplain(log);
    expect(await failure(expect(channel).not.toExplain(log))).toContain(
      "expected 'channel' not to explain the log, but it does",
    );
  });

  it('prints what the spec allowed and what the log said', async () => {
    await expect(reliable).not.toExplain(log);
    const message = await failure(expect(reliable).toExplain(log));
    expect(message).toContain("expected 'channel · reliable' to explain the log");
    expect(message).toContain('log says    event 3 │ event: received · message: m1');
    expect(message).toContain('spec says   event: sent · message: m2 · size: 1 by send');
  });

  it('takes the options of validate', async () => {
    await expect(channel).not.toExplain([sent(1), sent(2)], { constants: { N: 1 } });
    await expect(channel).toExplain([{ ...sent(1), host: 'a' }], { ignore: ['host'] });
  });

  it('fails both ways where a limit ended the search', async () => {
    const far = [sent(1), sent(2), received(3)];
    const limits = { maxStates: 4 };
    expect(await failure(expect(channel).toExplain(far, limits))).toContain("this search can't tell");
    expect(await failure(expect(channel).not.toExplain(far, limits))).toContain('raise maxStates: 40');
  });

  it('refuses what makes no sense', async () => {
    expect(await failure(expect(validate(channel, log)).toExplain(log))).toContain('wants a spec');
    expect(await failure(expect(channel).toExplain('sent' as never))).toContain('wants a list of events');
    expect(await failure(expect(counter).not.toExplain(log))).toContain('what can be observed');
  });
});
