import { UsageError } from '../../model/usageError';
import { counted, validationJson, validationText, type ValidationReportOptions } from '../../report/index';
import { grouped } from '../../value/grouped';
import { validate } from '../../validate/validate';
import type { Validation } from '../../validate/validation';
import { boundOf, defined, listOf, textOf, wordOf, type Arguments } from '../arguments';
import { deliver, requireWritable } from '../deliver';
import { EXIT } from '../exitCode';
import { parseLog } from '../log';
import { loadingSeconds } from '../load';
import { ProgressLine } from '../progress';
import { readOption } from '../read';
import { select } from '../selected';
import type { Terminal } from '../terminal';

const EXIT_OF: { readonly [V in Validation['verdict']]: number } = {
  explained: EXIT.holds,
  unexplained: EXIT.violated,
  incomplete: EXIT.incomplete,
  broken: EXIT.broken,
};

/** `everystate validate`: whether some behavior of the spec shows a log. Throws `UsageError`. */
export async function validateCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { directory, signal } = terminal;
  const destination = { format: wordOf(args, 'format', ['text', 'json']), out: textOf(args, 'out') };
  const bounds = {
    maxStates: boundOf(args, 'max-states', true),
    maxHidden: boundOf(args, 'max-hidden', true),
    maxSeconds: boundOf(args, 'max-seconds', false),
  };
  requireWritable(destination, directory);
  const path = textOf(args, 'log');
  if (path === undefined)
    throw new UsageError('validate needs the events that were observed: --log FILE, one JSON object a line');
  const log = parseLog(readOption('log', path, directory), `--log ${path}`);
  terminal.within(loadingSeconds(bounds.maxSeconds));
  const { spec, under } = await select(args, terminal);
  terminal.within(bounds.maxSeconds);
  const progress = new ProgressLine(terminal);
  const validation = await validate(spec, log.events, {
    ...under,
    ...defined(bounds),
    ignore: listOf(args, 'ignore', true),
    signal,
    onProgress: ({ explained, events, states, seconds }) =>
      progress.showText(
        seconds,
        () =>
          `${grouped(explained)} of ${counted(events, 'event')} · ${counted(states, 'state')} · ${Math.floor(seconds)} s`,
      ),
  }).finally(() => progress.clear());
  const report: ValidationReportOptions = { log: log.events, lines: log.lines, advise: 'command', directory };
  deliver(
    {
      text: (colour) => validationText(validation, { ...report, colour }),
      json: () => validationJson(validation, report),
    },
    destination,
    terminal,
  );
  return EXIT_OF[validation.verdict];
}
