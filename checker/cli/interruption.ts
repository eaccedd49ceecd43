import { constants } from 'node:os';

/** What asks a process to end: Ctrl-C, whoever runs it (`timeout`, CI, a container), the terminal that closes. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type EndingSignal = (typeof ENDING_SIGNALS)[number];

/** A signal that follows another within so many milliseconds is the same request. */
const SAME_REQUEST = 100;

/** What of a process an interruption needs. */
interface Interruptible {
  on(signal: EndingSignal, listener: (signal: EndingSignal) => void): unknown;
  exit(code: number): void;
}

/**
 * Aborted by the first request to end; the second one ends the process. One request may come as two signals:
 * `timeout` sends its own to the command and to the command's group, npm passes on a Ctrl-C that the terminal has
 * sent to all. Whoever got no report for that would have been told nothing by a run of hours.
 */
export function interruption(process: Interruptible): AbortSignal {
  const requested = new AbortController();
  let insisted = false;
  for (const name of ENDING_SIGNALS)
    process.on(name, (signal) => {
      if (insisted) process.exit(128 + constants.signals[signal]);
      if (requested.signal.aborted) return;
      requested.abort();
      setTimeout(() => (insisted = true), SAME_REQUEST).unref();
    });
  return requested.signal;
}
