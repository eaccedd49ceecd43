import { createJiti } from 'jiti';

let jiti: ReturnType<typeof createJiti> | undefined;

/** What the compiled code calls for `import(…)`; on one line, so that line numbers stay right. */
const IMPORT = 'const jitiImport = async (id) => require(id);';

/**
 * A Jest transform that strips the types from TypeScript with what this package has aboard anyway, so that a
 * project with nothing but Jest can test its specs: `transform: { '\\.[cm]?ts$': 'everystate/jest-transform' }`.
 * It checks no types and does not hoist `jest.mock`.
 */
export function process(source: string, filename: string): { code: string } {
  jiti ??= createJiti(__filename);
  return { code: IMPORT + jiti.transform({ source, filename, ts: true, retainLines: true }) };
}
