import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether an error says that a tsconfig's paths can't be followed: jiti reads it when it is made, and for nothing else. */
export function isTsconfigFault(error: unknown): boolean {
  return /\bcreateJiti\b/.test((error as Error | undefined)?.stack ?? '');
}

/** Why an import was not found although it may be one of the paths of the tsconfig nearest to a file, if it may. */
export function tsconfigFault(file: string, fault: unknown): { path: string; what: string } | undefined {
  const path = nearest(dirname(file));
  if (path === undefined) return undefined;
  const what = syntaxFault(readFileSync(path, 'utf8')) ?? faultText(fault);
  return what === undefined ? undefined : { path, what };
}

function nearest(folder: string): string | undefined {
  const path = join(folder, 'tsconfig.json');
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : nearest(dirname(folder));
}

/** JSON with comments and commas at the end is an expression of JavaScript. */
function syntaxFault(text: string): string | undefined {
  // Loaded where there is a fault to find: few commands come here.
  const { parseExpressionAt } = require('acorn') as typeof import('acorn');
  const prefix = '(';
  try {
    parseExpressionAt(`${prefix}${text.replace(/^\uFEFF/, '')}\n)`, 0, { ecmaVersion: 'latest' });
    return undefined;
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc: { line: number } };
    return `${message.replace(/ \(\d+:\d+\)$/, '')} in line ${loc.line}`;
  }
}

/** jiti trusts the shapes that TypeScript demands, and stumbles over others. */
function faultText(fault: unknown): string | undefined {
  if (fault === undefined) return undefined;
  if (fault instanceof TypeError) return 'its paths must map each pattern to a list of paths';
  return (fault as Error).message;
}
