import { UsageError } from '../../model/usageError';
import { replay } from '../../replay';
import { replayJson, replayText } from '../../report/index';
import { parseSteps } from '../../trace/replay';
import { boundOf, listOf, textOf, wordOf, type Arguments } from '../arguments';
import { deliver, requireWritable } from '../deliver';
import { EXIT } from '../exitCode';
import { promisesOf } from '../promises';
import { readOption } from '../read';
import { recordedRun, type RecordedRun } from '../recordedRun';
import { select } from '../selected';
import type { Terminal } from '../terminal';

/** `everystate replay`: takes the given steps again and says what falls. Throws `UsageError`. */
export async function replayCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { directory } = terminal;
  const destination = { format: wordOf(args, 'format', ['text', 'json']), out: textOf(args, 'out') };
  requireWritable(destination, directory);
  const run = runOf(args, directory);
  const { spec, under } = await select(args, terminal, run);
  const result = replay(spec, run.steps, {
    ...under,
    ...promisesOf(args),
    start: boundOf(args, 'start', true) ?? run.start,
  });
  deliver(
    {
      text: (colour) => replayText(result, { advise: 'command', directory, colour }),
      json: () => replayJson(result, { directory }),
    },
    destination,
    terminal,
  );
  if (result.verdict === 'broken') return EXIT.broken;
  return result.violations.length > 0 ? EXIT.violated : EXIT.holds;
}

function runOf(args: Arguments, directory: string): RecordedRun {
  const sources = ['steps', 'steps-file', 'trace'].filter((name) => args[name] !== undefined);
  const [source, second] = sources;
  if (source === undefined)
    throw new UsageError(
      "replay needs the steps to take: --steps 'a; b(p: 1)', --steps-file FILE, or --trace out.json",
    );
  if (second !== undefined)
    throw new UsageError(`--${source} and --${second} both say which steps to take; give one`);
  if (source === 'steps') return { steps: parseSteps(String(args['steps'])), start: 1 };
  const path = textOf(args, source) ?? '';
  const content = readOption(source, path, directory);
  return source === 'trace'
    ? recordedRun(content, path, listOf(args, 'property', true)[0])
    : { steps: parseSteps(content), start: 1 };
}
