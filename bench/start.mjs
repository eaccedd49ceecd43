// Runs a TypeScript file of this folder, given first, with the arguments after it. Only what lies in bench/ and
// examples/ is transpiled on the way; `everystate` is the compiled engine that build.mjs made, as it is for a user.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';

const [file = 'race.ts', ...words] = process.argv.slice(2);
const path = fileURLToPath(new URL(file, import.meta.url));
process.argv = [process.execPath, path, ...words];
const engine = fileURLToPath(new URL('out/engine/dist/index.js', import.meta.url));
const jiti = createJiti(path, { alias: { everystate: engine } });
const { main } = await jiti.import(resolve(path));
process.exitCode = await main(words);
