import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** A command that a document shows, and what it says the command prints. */
export interface Shown {
  readonly command: string;
  /** A line `…` stands for any lines. */
  readonly output: string;
}

/** A document's fenced blocks that are meant to be run. */
export interface Document {
  /** File name → all the blocks that carry it, one after the other: ` ```ts lease.ts `. */
  readonly files: ReadonlyMap<string, string>;
  readonly commands: readonly Shown[];
}

export function documentOf(path: string): Document {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const files = new Map<string, string>();
  const commands: Shown[] = [];
  for (const [, language, name, body = ''] of text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)) {
    if (language === 'ts' && name !== undefined) files.set(name, `${files.get(name) ?? ''}${body}\n`);
    if (language === 'console') commands.push(...commandsOf(body));
  }
  return { files, commands };
}

function commandsOf(block: string): Shown[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...lines] = part.split('\n');
      return { command, output: lines.join('\n').trimEnd() };
    });
}

/** Splits a command line as a shell would, as far as documents need: single quotes. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** Output as it is compared: times are made equal, for no two runs take the same. */
export function normalised(output: string): string {
  return output.replace(/\b\d+\.\d+ s\b/g, '0.00 s').trimEnd();
}

/** A pattern for an output in which `…` lines stand for any lines. */
export function patternOf(output: string): RegExp {
  const parts = normalised(output)
    .split(/^…$/m)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*?')}$`);
}
