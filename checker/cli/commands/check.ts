import { check, type CheckOptions } from '../../check';
import { reportJson, reportText, selection, type ReportOptions } from '../../report/index';
import { boundOf, defined, textOf, wordOf, workersOf, type Arguments } from '../arguments';
import { deliver, requireWritable } from '../deliver';
import { EXIT } from '../exitCode';
import { loadingSeconds } from '../load';
import { ProgressLine } from '../progress';
import { promisesOf } from '../promises';
import { select } from '../selected';
import type { Terminal } from '../terminal';

/** `everystate check`: searches, reports, and returns the exit code. Throws `UsageError`. */
export async function checkCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { directory, signal } = terminal;
  const destination = { format: wordOf(args, 'format', ['text', 'json']), out: textOf(args, 'out') };
  const bounds = {
    maxStates: boundOf(args, 'max-states', true),
    maxDepth: boundOf(args, 'max-depth', true),
    maxSeconds: boundOf(args, 'max-seconds', false),
    maxMemory: boundOf(args, 'max-memory', true),
    workers: workersOf(args),
  };
  requireWritable(destination, directory);
  terminal.within(loadingSeconds(bounds.maxSeconds));
  const { spec, under, replay } = await select(args, terminal);
  terminal.within(bounds.maxSeconds);
  const progress = new ProgressLine(terminal);
  const options: CheckOptions = {
    ...under,
    ...promisesOf(args),
    keepGoing: args['keep-going'] === true,
    exact: args['exact'] === true,
    ...defined(bounds),
    signal,
    onProgress: (p) => progress.show(p),
  };
  const result = await check(spec, options).finally(() => progress.clear());
  const report: ReportOptions = {
    advise: 'command',
    stats: args['stats'] === true,
    directory,
    replay: [
      ...replay,
      ...selection(result.variant, result.overridden),
      // Else a run to what was reached would be told to end in a deadlock that nobody asked for.
      ...(args['no-deadlock'] === true ? ['--no-deadlock'] : []),
    ],
  };
  deliver(
    { text: (colour) => reportText(result, { ...report, colour }), json: () => reportJson(result, report) },
    destination,
    terminal,
  );
  return EXIT[result.verdict];
}
