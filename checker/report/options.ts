/** How a report is written. Reports never look at the process or the terminal themselves. */
export interface ReportOptions {
  /** ANSI colours. Default false. */
  readonly colour?: boolean;
  /** The words of the command that replays a trace, up to its steps: `npx everystate replay spec.ts`. */
  readonly replay?: readonly string[];
  /** Whom advice is for: the command's flags, or the options of `check`. Default `code`. */
  readonly advise?: 'command' | 'code';
  /** Whether to tell what the search called of the user's code. Default false. */
  readonly stats?: boolean;
  /** Files below this directory are shown relative to it. */
  readonly directory?: string;
}
