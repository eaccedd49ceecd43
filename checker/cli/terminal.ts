import { callName } from './callName';
import { EXIT } from './exitCode';
import type { Interruption } from './interruption';
import { brokenText } from '../report/index';
import type { Start } from './start';
import type { Watch } from './watch/watch';

/** What the command knows of the world outside: tests and `main` provide it. */
export interface Terminal {
  /** Paths are read and shown relative to it. */
  readonly directory: string;
  /** The words that call the command: `npx everystate`. */
  readonly call: readonly string[];
  /** Whether results are coloured. */
  readonly colour: boolean;
  /** Whether someone is watching standard error: progress is for them alone. */
  readonly watched: boolean;
  /** Aborted when the user, or whoever runs the command, asks it to end. */
  readonly signal: AbortSignal;
  /** What is done from now on should have come to an end after so many seconds: a function that then doesn't come back is stopped. */
  within(seconds: number | undefined): void;
  /** Results. */
  out(text: string): void;
  /** Progress and errors. */
  err(text: string): void;
}

/** The terminal of this process. */
export function processTerminal(start: Start): Terminal {
  let interruption: Interruption | undefined;
  let watch: Watch | undefined;
  // Whoever reads the result may stop reading (`| head`), a terminal may be closed: no reason to complain, and nothing
  // left to do.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
      process.exit();
    });
  const directory = process.cwd();
  const err = (text: string) => void process.stderr.write(text);
  const beginWatch = () => {
    const { begin } = require('./watch/begin') as typeof import('./watch/begin');
    ({ interruption, watch } = begin(start, ({ details }) => {
      err(brokenText(details, { colour: false, directory }));
      process.exit(EXIT.broken);
    }));
    return interruption;
  };
  return {
    directory,
    call: callName(process.argv[1], process.cwd()),
    colour: wantsColour(process.env, process.stdout.isTTY),
    watched: process.stderr.isTTY && !process.env['CI'],
    // Until a command asks for it, a signal ends the process: what can't stop halfway must not seem deaf.
    get signal() {
      return (interruption ?? beginWatch()).signal;
    },
    within: (seconds) => seconds !== undefined && watch?.within(seconds),
    out: (text) => void process.stdout.write(text),
    err,
  };
}

/** NO_COLOR wins over FORCE_COLOR; without either, a terminal gets colour and a file or pipe does not. */
export function wantsColour(
  environment: { readonly [name: string]: string | undefined },
  terminal: boolean,
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return terminal && TERM !== 'dumb';
}
