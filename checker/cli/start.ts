/** Tells a process that it does again what another one was to do. */
export const AGAIN_VARIABLE = 'EVERYSTATE_AGAIN';

/** How this process was started, as long as nobody has changed anything about it. */
export interface Start {
  readonly command: readonly string[];
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Set where this process does again what its parent was to do. */
  readonly again: Again | undefined;
}

export interface Again {
  /** How many calls of the spec's functions had been made. No request to end keeps this process from coming as far. */
  readonly made: number;
  /** Whether an end has been asked for. */
  readonly asked: boolean;
}

/** Takes note of how this process was started. What it was told by its parent is none of the spec's business. */
export function startOf(process: NodeJS.Process): Start {
  const { [AGAIN_VARIABLE]: again, ...environment } = process.env;
  delete process.env[AGAIN_VARIABLE];
  return {
    command: [...process.execArgv, ...process.argv.slice(1)],
    directory: process.cwd(),
    environment,
    again: again === undefined ? undefined : (JSON.parse(again) as Again),
  };
}
