import { EventEmitter } from 'node:events';
import { ENDING_SIGNALS, Interruption } from '../../checker/cli/interruption';

/** A process that notes with what it would have ended. */
class Ending extends EventEmitter {
  readonly codes: number[] = [];

  exit(code: number): void {
    this.codes.push(code);
  }

  receive(signal: string): void {
    this.emit(signal, signal);
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a request to end', () => {
  it.each(ENDING_SIGNALS)('by %s ends the search, and the process only when it is repeated', (signal) => {
    const process = new Ending();
    const { signal: asked } = new Interruption(process);
    expect(asked.aborted).toBe(false);
    process.receive(signal);
    expect(asked.aborted).toBe(true);
    expect(process.codes).toEqual([]);
  });

  it('that comes as two signals at once is one: `timeout` and npm send a second', () => {
    const process = new Ending();
    const { signal: asked } = new Interruption(process);
    process.receive('SIGTERM');
    jest.advanceTimersByTime(20);
    process.receive('SIGTERM');
    process.receive('SIGHUP');
    expect(asked.aborted).toBe(true);
    expect(process.codes).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('that is repeated by %s later on ends the process with %i', (signal, code) => {
    const process = new Ending();
    void new Interruption(process);
    process.receive('SIGINT');
    jest.advanceTimersByTime(500);
    process.receive(signal);
    expect(process.codes).toEqual([code]);
  });

  it('waits until a run that was begun again has come as far; the second one is for whoever began it', () => {
    const process = new Ending();
    let asFar = () => {};
    const { signal } = new Interruption(process, (then) => (asFar = then));
    process.receive('SIGINT');
    jest.advanceTimersByTime(500);
    process.receive('SIGINT');
    expect(signal.aborted).toBe(false);
    asFar();
    expect(signal.aborted).toBe(true);
    expect(process.codes).toEqual([]);
  });

  it('by anything but Ctrl-C is left to the system while it rests', () => {
    const process = new Ending();
    const interruption = new Interruption(process);
    const listeners = () => ENDING_SIGNALS.map((signal) => process.listenerCount(signal));
    interruption.rest();
    expect(listeners()).toEqual([1, 0, 0]);
    interruption.resume();
    interruption.resume();
    expect(listeners()).toEqual([1, 1, 1]);
    process.receive('SIGHUP');
    expect(interruption.signal.aborted).toBe(true);
  });
});
