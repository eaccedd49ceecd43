import * as layout from '../../checker/kernel/layout';
import { CONTEXT_BYTES, CONTEXTS, HEADER_BASE } from '../../checker/kernel/codes';
import { Memory } from '../../checker/kernel/memory';
import { WebAssembly } from '../../checker/kernel/webAssembly';
import { compiled } from './compiled';

/** The kernel's class for each group of offsets, and the file that has it. */
const CLASSES: { readonly [group: string]: readonly [name: string, file: string] } = {
  HEADER: ['Header', 'header'],
  CONTEXT: ['Context', 'context'],
  ROW: ['Row', 'cells'],
  STEP: ['Step', 'tables'],
  WRITE: ['Write', 'tables'],
  JUDGE: ['Judge', 'tables'],
  LIST: ['Affected', 'tables'],
  SURVIVOR: ['Survivor', 'tables'],
  SURVIVORS: ['Survivors', 'tables'],
  GROUP: ['Group', 'tables'],
  RANGED: ['Ranged', 'tables'],
  GIVEN: ['Given', 'tables'],
  MEMBER: ['Member', 'tables'],
  FOLD: ['Fold', 'tables'],
  GATHERED: ['Gathered', 'tables'],
  FOUND: ['Found', 'tables'],
  HIT: ['Hit', 'tables'],
  UNJUDGED_STATE: ['Unjudged', 'tables'],
  FILLED: ['Filled', 'tables'],
  RANGE: ['Range', 'tables'],
  MOVE: ['Move', 'tables'],
};

type Offsets = Readonly<Record<string, number>>;
const groups = Object.entries(layout).filter(([, value]) => typeof value === 'object') as [string, Offsets][];
const base = (group: string) => (group === 'HEADER' ? HEADER_BASE : 0);
/** The name that a group has for where objects end: what comes next begins there. */
const endOf = (group: string, offsets: Offsets) =>
  group === 'ROW' ? 'CELLS' : ['BYTES', 'ENTRIES'].find((name) => name in offsets);
const camel = (name: string) =>
  name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Where the kernel has what the engine knows by these names, as `GROUP_NAME`. */
function inKernel(): Offsets {
  const lines = groups.flatMap(([group, offsets]) => {
    const [name, file] = CLASSES[group] as readonly [string, string];
    const constants = Object.keys(offsets).map((field) => {
      const offset =
        field === endOf(group, offsets) ? `offsetof<${name}>()` : `offsetof<${name}>('${camel(field)}')`;
      return `export const ${group}_${field}: i32 = i32(${offset});`;
    });
    const size = `export const ${group}: i32 = i32(offsetof<${name}>());`;
    return [`import { ${name} } from './${file}';`, ...constants, size];
  });
  const module = new WebAssembly.Module(Buffer.from(compiled(1, lines.join('\n')), 'base64'));
  const { exports } = new WebAssembly.Instance(module, { env: { memory: new Memory().shared } });
  const values = Object.entries(exports as Record<string, { readonly value?: number }>);
  // The kernel's functions are among them.
  return Object.fromEntries(
    values.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])),
  );
}

test('the kernel and the engine have the same things in the same places', () => {
  expect(groups.map(([group]) => group).sort()).toEqual(Object.keys(CLASSES).sort());
  const offsets = groups.flatMap(([group, names]) =>
    Object.entries(names).map(([field, offset]) => [`${group}_${field}`, offset - base(group)] as const),
  );
  // And no class has a field more than its group.
  const sizes = groups.map(([group, names]) => {
    const end = endOf(group, names);
    return [group, end === undefined ? Object.keys(names).length * 4 : (names[end] as number)] as const;
  });
  expect(inKernel()).toEqual(Object.fromEntries([...offsets, ...sizes]));
});

test('the header ends before the contexts of threads begin, and each of those before the next one', () => {
  const last = (offsets: Offsets) => Math.max(...Object.values(offsets)) + 4;
  expect(last(layout.HEADER)).toBeLessThanOrEqual(CONTEXTS);
  expect(last(layout.CONTEXT)).toBeLessThanOrEqual(CONTEXT_BYTES);
});
