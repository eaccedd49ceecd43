import type {
  AnyNode,
  ArrowFunctionExpression,
  FunctionDeclaration,
  FunctionExpression,
  Pattern,
} from 'acorn';

/** Whatever is a function by its syntax, but for classes and accessors. */
export type FunctionNode = ArrowFunctionExpression | FunctionExpression | FunctionDeclaration;

const parsed = new Map<string, FunctionNode | null>();

/** The text of a function, whatever it says of itself. */
export function textOf(fn: object): string {
  return Function.prototype.toString.call(fn);
}

/** A function's syntax tree; null where its text can't be read as one function: a native, a bound one, a class. */
export function sourceOf(fn: object): FunctionNode | null {
  const text = textOf(fn);
  let tree = parsed.get(text);
  if (tree === undefined) parsed.set(text, (tree = parse(text) ?? parseMethod(text)));
  return tree;
}

function parse(text: string): FunctionNode | null {
  const tree = expression(`(${text})`);
  return tree && isFunction(tree) ? tree : null;
}

/** A method or an accessor is a function only as part of an object. */
function parseMethod(text: string): FunctionNode | null {
  const tree = expression(`({${text}})`);
  if (tree?.type !== 'ObjectExpression') return null;
  const [property, ...others] = tree.properties;
  if (property?.type !== 'Property' || property.computed || others.length > 0) return null;
  return isFunction(property.value) ? property.value : null;
}

function expression(text: string): AnyNode | null {
  // Loaded where the first function is looked into: many a spec has none.
  const { parse } = require('acorn') as typeof import('acorn');
  try {
    const { body } = parse(text, { ecmaVersion: 'latest' });
    const [statement] = body;
    return body.length === 1 && statement?.type === 'ExpressionStatement' ? statement.expression : null;
  } catch {
    return null;
  }
}

export function isFunction(node: AnyNode): node is ArrowFunctionExpression | FunctionExpression {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

/** The nodes right below a node. */
export function children(node: AnyNode): AnyNode[] {
  return Object.values(node as object).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(
      (part): part is AnyNode =>
        typeof part === 'object' && part !== null && typeof (part as AnyNode).type === 'string',
    ),
  );
}

/** The variables that a pattern binds or assigns; null for what is no variable. */
export function namesIn(pattern: Pattern | AnyNode): (string | null)[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'Property' ? property.value : property),
      );
    default:
      return [null];
  }
}

/** What a variable's assignments outside of its declaration show: none, only ones that give primitives, or any. */
export type Assigned = 'never' | 'primitive' | 'anything';

const assignments = new WeakMap<object, ReadonlyMap<string, Assigned>>();

/** The names that are assigned anywhere in a function, in functions inside it too. */
export function assignedIn(fn: FunctionNode): ReadonlyMap<string, Assigned> {
  let names = assignments.get(fn);
  if (names === undefined) {
    const found = new Map<string, Assigned>();
    collect(fn as AnyNode, found);
    assignments.set(fn, (names = found));
  }
  return names;
}

function collect(node: AnyNode, found: Map<string, Assigned>): void {
  const note = (name: string | null, kind: Assigned): void => {
    if (name !== null && found.get(name) !== 'anything') found.set(name, kind);
  };
  if (node.type === 'UpdateExpression') namesIn(node.argument).forEach((name) => note(name, 'primitive'));
  if (node.type === 'AssignmentExpression') {
    const simple =
      node.left.type === 'Identifier' &&
      (givesPrimitive(node.right) || /^([-+*/%&|^]|\*\*|<<|>>>?)=$/.test(node.operator));
    namesIn(node.left).forEach((name) => note(name, simple ? 'primitive' : 'anything'));
  }
  if (
    (node.type === 'ForOfStatement' || node.type === 'ForInStatement') &&
    node.left.type !== 'VariableDeclaration'
  )
    namesIn(node.left).forEach((name) => note(name, 'anything'));
  for (const child of children(node)) collect(child, found);
}

/** Whether an expression can give nothing but a primitive, whatever its parts are. */
export function givesPrimitive(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
      return !('regex' in node);
    case 'TemplateLiteral':
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'UpdateExpression':
      return true;
    case 'ConditionalExpression':
      return givesPrimitive(node.consequent) && givesPrimitive(node.alternate);
    case 'LogicalExpression':
      return givesPrimitive(node.left) && givesPrimitive(node.right);
    default:
      return false;
  }
}
