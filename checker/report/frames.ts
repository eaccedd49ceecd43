import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(__dirname, '../..');
const OWN = [join(ROOT, 'checker'), join(ROOT, 'spec'), join(ROOT, 'index.')];

/**
 * Where in the user's own files an error arose, innermost first: `at effect (lease.ts:12)`. Frames of
 * this package, of installed packages and of Node are left out: nobody can act on them. No columns: a
 * spec's lines survive its compilation to JavaScript, its columns do not.
 */
export function userFrames(error: unknown, directory?: string): string[] {
  const stack = stackOf(error);
  if (typeof stack !== 'string') return [];
  return stack.split('\n').flatMap((line) => {
    const match = /^\s*at (?:(.*?) \()?([^()]+):(\d+):\d+\)?$/.exec(line);
    if (!match) return [];
    const [, name, location = '', row] = match;
    const file = location.startsWith('file:') ? fileURLToPath(location) : location;
    if (!isUsers(file)) return [];
    const place = `${shortPath(file, directory)}:${row}`;
    const called = name?.replace(/^(async )?(Proxy|Object|Module)\./, '').replace(/ \[as .*\]$/, '');
    return [called === undefined || called === '<anonymous>' ? `at ${place}` : `at ${called} (${place})`];
  });
}

/** A path relative to the directory where it lies below it. */
export function shortPath(file: string, directory: string | undefined): string {
  if (directory === undefined) return file;
  const short = relative(directory, file);
  return short.startsWith('..') ? file : short;
}

function isUsers(file: string): boolean {
  return (
    /^(\/|[A-Za-z]:[\\/])/.test(file) &&
    !/[\\/]node_modules[\\/]/.test(file) &&
    !OWN.some((own) => file.startsWith(own))
  );
}

/** Anything may be thrown, a Proxy or an object whose stack throws too. */
function stackOf(error: unknown): unknown {
  try {
    return (error as { stack?: unknown } | null | undefined)?.stack;
  } catch {
    return undefined;
  }
}
