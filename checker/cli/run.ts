import type { Argv } from 'yargs';
import yargs from 'yargs/yargs';
import { EngineError, WorkerDied } from '../model/engineError';
import { UsageError, suggestion } from '../model/usageError';
import { userFrames } from '../report/index';
import { thrownText } from '../value/thrown';
import type { Arguments } from './arguments';
import { EXIT } from './exitCode';
import { GRAPH_FORMAT, OPTIONS, TABLE_FORMAT, type OptionName } from './optionTable';
import type { Terminal } from './terminal';

type Command = (args: Arguments, terminal: Terminal) => Promise<number>;

const COMMANDS = ['check', 'replay', 'compare', 'validate', 'list', 'graph', 'init', 'completion'];

/** Runs one command line and returns its exit code. Never throws: whatever goes wrong is told on standard error. */
export async function run(argv: readonly string[], terminal: Terminal, version: string): Promise<number> {
  try {
    const command = parse(argv, terminal, version);
    return command === undefined ? EXIT.holds : await command();
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof UsageError) {
    terminal.err(`everystate: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof WorkerDied) {
    terminal.err(`everystate: ${error.message}\n`);
    return EXIT.internal;
  }
  const text = thrownText(error);
  const frames = error instanceof EngineError ? [] : userFrames(error, terminal.directory);
  if (frames.length > 0) {
    terminal.err(
      [`everystate: the spec threw while its parts were put together: ${text}`, ...frames].join('\n    '),
    );
    terminal.err('\n');
    return EXIT.broken;
  }
  terminal.err(`everystate: a defect of everystate itself, please report it: ${text}\n`);
  return EXIT.internal;
}

/** The command to run, or undefined where yargs has answered already (`--help`, `--version`, completion). */
function parse(
  argv: readonly string[],
  terminal: Terminal,
  version: string,
): (() => Promise<number>) | undefined {
  let chosen: (() => Promise<number>) | undefined;
  const options = (names: readonly OptionName[]) => (y: Argv) =>
    names.reduce((all, name) => all.option(name, OPTIONS[name]), y);
  const choose = (load: () => Command) => (args: Arguments) => {
    chosen = async () => load()(args, terminal);
  };
  const file = (y: Argv) =>
    y.positional('file', {
      type: 'string',
      demandOption: true,
      describe: 'a file that exports specs, or a folder',
    });
  const which: readonly OptionName[] = ['spec', 'variant', 'environment', 'constant'];
  const report: readonly OptionName[] = ['format', 'out'];
  const properties: readonly OptionName[] = ['property', 'invariant', 'no-deadlock'];
  const parser = yargs([...argv])
    .scriptName('everystate')
    .locale('en')
    .usage(
      '$0 <command>\n\nVisits every state a spec can reach; hands back the shortest run that breaks a promise.',
    )
    .parserConfiguration({ 'camel-case-expansion': false, 'boolean-negation': false, 'greedy-arrays': false })
    .command(
      'check <file>',
      'search every reachable state',
      (y) =>
        options([
          ...which,
          ...properties,
          'max-states',
          'max-depth',
          'max-seconds',
          'max-memory',
          'workers',
          'exact',
          'keep-going',
          'stats',
          ...report,
        ])(file(y)),
      choose(() => (require('./commands/check') as typeof import('./commands/check')).checkCommand),
    )
    .command(
      'replay <file>',
      'take the steps of a run again, and say what falls in it',
      (y) => options(['steps', 'steps-file', 'trace', 'start', ...which, ...properties, ...report])(file(y)),
      choose(() => (require('./commands/replay') as typeof import('./commands/replay')).replayCommand),
    )
    .command(
      'compare <file>',
      'check every variant in every environment, and print the table',
      (y) =>
        options([
          ...(['spec', 'variants', 'environments', 'constant', ...properties] as const),
          ...(['max-states', 'max-depth', 'max-seconds', 'max-memory', 'workers', 'exact'] as const),
          ...(['expect', 'out'] as const),
        ])(file(y)).option('format', TABLE_FORMAT),
      choose(() => (require('./commands/compare') as typeof import('./commands/compare')).compareCommand),
    )
    .command(
      'validate <file>',
      'say whether some behavior of the spec shows the events of a log',
      (y) =>
        options(['log', ...which, 'ignore', 'max-states', 'max-hidden', 'max-seconds', ...report])(file(y)),
      choose(() => (require('./commands/validate') as typeof import('./commands/validate')).validateCommand),
    )
    .command(
      'list <file>',
      'show the specs of a file: variants, environments, constants, properties',
      (y) => file(y),
      choose(() => (require('./commands/list') as typeof import('./commands/list')).listCommand),
    )
    .command(
      'graph <file>',
      'print the graph of states and steps, to draw or query',
      (y) => options([...which, 'max-states', 'out'])(file(y)).option('format', GRAPH_FORMAT),
      choose(() => (require('./commands/graph') as typeof import('./commands/graph')).graphCommand),
    )
    .command(
      'init [dir]',
      'write a first spec and its jest test',
      (y) => y.positional('dir', { type: 'string', describe: 'where to; made if it is not there' }),
      choose(() => (require('./commands/init') as typeof import('./commands/init')).initCommand),
    )
    .completion('completion', 'print a completion script for bash or zsh')
    .epilogue('Exit codes: 0 holds, 1 violated, 2 usage, 3 incomplete, 4 the spec is broken.')
    .demandCommand(1, `name a command: ${COMMANDS.join(', ')}`)
    .strict()
    .wrap(100)
    .version(version)
    .help()
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message: string | null, error: Error | undefined) => {
      // yargs throws some of its complaints and passes others as a message
      if (error && error.name !== 'YError') throw error;
      throw new UsageError(usageText(message ?? error?.message ?? 'that command line makes no sense'));
    });
  parser.parseSync();
  return chosen;
}

/** yargs' own words, with a guess at what was meant. */
function usageText(message: string): string {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/.exec(message)?.[1];
  if (unknown !== undefined) {
    const [name = ''] = unknown.split(', ');
    const known = [...COMMANDS, ...Object.keys(OPTIONS)];
    const near = suggestion(name, known, 'option');
    return `what is '${name}'?${near.startsWith('; did') ? near.replace('; did', ' Did') : ''} See everystate --help`;
  }
  if (message.startsWith('Not enough non-option arguments'))
    return 'which file? Name the file, or the folder, that exports the spec: everystate check spec.ts';
  if (message.startsWith('Not enough arguments following'))
    return `${message.replace('Not enough arguments following: ', '--')} needs a value`.replace(
      '--c ',
      '-c ',
    );
  return message;
}
