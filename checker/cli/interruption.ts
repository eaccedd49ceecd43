import { constants } from 'node:os';
import { SAME_REQUEST_MS } from './watch/signs';

/** What asks a process to end: Ctrl-C, whoever runs it (`timeout`, CI, a container), the terminal that closes. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type EndingSignal = (typeof ENDING_SIGNALS)[number];

/** What of a process an interruption needs. */
interface Interruptible {
  on(signal: EndingSignal, listener: (signal: EndingSignal) => void): unknown;
  off(signal: EndingSignal, listener: (signal: EndingSignal) => void): unknown;
  exit(code: number): void;
}

/**
 * Aborts its signal by the first request to end; the second one ends the process. One request may come as two signals:
 * `timeout` sends its own to the command and to the command's group, npm passes on a Ctrl-C that the terminal has
 * sent to all. Whoever got no report for that would have been told nothing by a run of hours.
 */
export class Interruption {
  private readonly requested = new AbortController();
  private heard = false;
  private insisted = false;

  constructor(
    private readonly process: Interruptible,
    /** Given where this process does again what its parent, who takes care of the second request, had begun: it has to come as far. */
    private readonly onceAsFar?: (then: () => void) => void,
  ) {
    for (const name of ENDING_SIGNALS) process.on(name, this.request);
  }

  get signal(): AbortSignal {
    return this.requested.signal;
  }

  /** Somebody asks for an end. */
  readonly request = (signal: EndingSignal): void => {
    if (this.insisted) this.process.exit(128 + constants.signals[signal]);
    if (this.heard) return;
    this.heard = true;
    if (this.onceAsFar) return this.onceAsFar(() => this.requested.abort());
    this.requested.abort();
    setTimeout(() => (this.insisted = true), SAME_REQUEST_MS).unref();
  };

  /**
   * No listener is called for now: lets signals do what they do by themselves, end the process. But for Ctrl-C, which
   * another thread hears: to take its listener away would make that one deaf.
   */
  rest(): void {
    for (const name of OTHERS) this.process.off(name, this.request);
  }

  /** Listens again. */
  resume(): void {
    this.rest(); // once is enough
    for (const name of OTHERS) this.process.on(name, this.request);
  }
}

const OTHERS = ENDING_SIGNALS.filter((name) => name !== 'SIGINT');
