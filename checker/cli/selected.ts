import type { Spec } from '../../spec/index';
import { shortPath } from '../report/index';
import { defined, textOf, listOf, type Arguments } from './arguments';
import { chooseSpec } from './choose';
import { loadSpecs } from './load';
import { locate } from './locate';
import type { Terminal } from './terminal';
import { assignedConstants, type Overrides } from './overrides';

/** The spec a command line is about, with its constants, and the words that say so again. */
export interface Selected {
  readonly spec: Spec;
  /** Which of the spec's environments, and the constants that are set beside it. */
  readonly under: { readonly environment?: string; readonly constants: Overrides };
  /** `npx everystate replay FILE [--spec NAME]`: variant and constants follow from a result. */
  readonly replay: readonly string[];
}

/** Variant and constants to fall back on where the command line has none. */
export interface Fallback {
  readonly variant?: string | undefined;
  readonly constants?: Overrides;
}

/** Finds, loads and chooses the spec that `<file> --spec --variant --environment -c` name. Throws `UsageError`. */
export async function select(
  args: Arguments,
  { directory, call }: Terminal,
  fallback: Fallback = {},
): Promise<Selected> {
  const path = String(args['file']);
  const file = locate(path, directory);
  const name = textOf(args, 'spec');
  const variant = textOf(args, 'variant') ?? fallback.variant;
  const spec = chooseSpec(
    await loadSpecs(file, directory),
    { spec: name, variant },
    shortPath(file, directory),
  );
  return {
    spec,
    under: {
      ...defined({ environment: textOf(args, 'environment') }),
      constants: { ...fallback.constants, ...assignedConstants(spec, listOf(args, 'constant')) },
    },
    replay: [...call, 'replay', path, ...(name === undefined ? [] : ['--spec', name])],
  };
}
