import type { Replay } from '../replay';
import { coloursOf } from './colours';
import { labelled } from './layout';
import type { ReportOptions } from './options';
import { counted } from './phrase';
import { titleOf } from './title';
import { brokenLines } from './textBroken';
import { traceLines } from './textTrace';
import { violationHeadline, violationLines } from './textViolation';

/** A replayed run as people read it, and what falls in it. */
export function replayText(replay: Replay, options: ReportOptions = {}): string {
  const colours = coloursOf(options);
  const lines = [titleOf(replay, colours), ''];
  if (replay.verdict === 'broken') return [...lines, ...brokenLines(replay, options, colours), ''].join('\n');
  const { trace, violations, reached } = replay;
  const satisfied = Object.entries(reached).map(([name, at]) => `${name} after ${counted(at, 'step')}`);
  lines.push(...traceLines(trace, colours), '');
  for (const { trace: _whole, ...violation } of violations)
    if (violation.kind !== 'deadlock') lines.push(...violationLines(violation, options, colours), '');
  if (satisfied.length > 0) lines.push(...labelled('reached', satisfied, colours.cyan));
  const steps = counted(trace.steps.length, 'step');
  lines.push(
    ...(violations.length === 0
      ? labelled('replayed', [`${steps}, and no property falls in them`], (t) =>
          colours.bold(colours.green(t)),
        )
      : labelled('violated', violations.map(violationHeadline), (t) => colours.bold(colours.red(t)))),
    '',
  );
  return lines.join('\n');
}
