import type { AnyNode, Function as FunctionNode, Pattern } from 'acorn';

/**
 * What calling a predicate for members that are not in the collection may do. It must assign nothing but its own
 * variables, and call no method that changes its receiver, or else it is `refused`. What it calls by names that say
 * nothing may do anything (`unsure`). Decided from its source text, once a text.
 */
export type Trace = 'none' | 'unsure' | 'refused';

export function traceOf(text: string): Trace {
  let answer = answers.get(text);
  if (answer === undefined) answers.set(text, (answer = judge(text)));
  return answer;
}

const answers = new Map<string, Trace>();

/** Methods that change their receiver, of JavaScript's own collections; Immutable's namesakes suffer for it. */
const CHANGING = new Set(
  'push pop shift unshift splice sort reverse fill copyWithin add set delete clear assign defineProperty next random now'.split(
    ' ',
  ),
);

/** Functions and methods that do nothing but answer, whoever has them. */
const ANSWERING = new Set(
  (
    'Boolean Number String BigInt isNaN isFinite get getIn has hasIn includes contains isEmpty first last some every find ' +
    'findIndex count filter filterNot map keySeq valueSeq toSet toList toArray keys values equals isSubset isSuperset ' +
    'indexOf startsWith endsWith charAt slice concat join abs min max floor ceil isArray isInteger'
  ).split(' '),
);

function judge(text: string): Trace {
  // Loaded where the first predicate is asked: many a spec has none.
  const { parseExpressionAt } = require('acorn') as typeof import('acorn');
  let tree: AnyNode;
  try {
    tree = parseExpressionAt(text, 0, { ecmaVersion: 'latest' });
  } catch {
    return 'refused'; // a method or an accessor by its source, a native or a bound function
  }
  if (tree.type !== 'ArrowFunctionExpression' && tree.type !== 'FunctionExpression') return 'refused';
  if (tree.params.length > 2 || tree.params.some(({ type }) => type === 'RestElement')) return 'refused';
  if (tree.async || tree.generator || !harmless(tree, new Set())) return 'refused';
  return onlyAnswers(tree) ? 'none' : 'unsure';
}

/** Whether everything called is known to do nothing but answer. */
function onlyAnswers(node: AnyNode): boolean {
  if (node.type === 'CallExpression') {
    const { callee } = node;
    const name = callee.type === 'MemberExpression' ? callee.property : callee;
    if (name.type !== 'Identifier' || !ANSWERING.has(name.name)) return false;
  }
  return children(node).every(onlyAnswers);
}

function harmless(node: AnyNode, own: ReadonlySet<string>): boolean {
  switch (node.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression': {
      const inner = new Set([...own, ...declaredIn(node)]);
      return children(node).every((child) => harmless(child, inner));
    }
    case 'BlockStatement':
    case 'ForStatement': {
      const heads = node.type === 'ForStatement' ? [node.init] : node.body;
      const inner = new Set([...own, ...heads.flatMap((head) => (head ? declaredBy(head) : []))]);
      return children(node).every((child) => harmless(child, inner));
    }
    case 'AssignmentExpression':
      return (
        targets(node.left).every((name) => name !== null && own.has(name)) &&
        children(node).every((c) => harmless(c, own))
      );
    case 'UpdateExpression':
      return node.argument.type === 'Identifier' && own.has(node.argument.name);
    case 'UnaryExpression':
      return node.operator !== 'delete' && harmless(node.argument, own);
    case 'CallExpression': {
      const { callee } = node;
      const changing =
        callee.type === 'MemberExpression' &&
        (callee.computed || (callee.property.type === 'Identifier' && CHANGING.has(callee.property.name)));
      return !changing && children(node).every((child) => harmless(child, own));
    }
    case 'NewExpression':
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'TaggedTemplateExpression':
    case 'ImportExpression':
    case 'ThisExpression':
    case 'ForOfStatement':
    case 'ForInStatement':
      return false;
    case 'Identifier':
      return node.name !== 'arguments';
    default:
      return children(node).every((child) => harmless(child, own));
  }
}

/** The variables of a whole function: its parameters, and each `var` in it. */
function declaredIn(fn: FunctionNode | AnyNode): string[] {
  const names = 'params' in fn ? fn.params.flatMap((parameter) => namesIn(parameter)) : [];
  const visit = (node: AnyNode): void => {
    if (node.type === 'VariableDeclaration' && node.kind === 'var') names.push(...declaredBy(node));
    for (const child of children(node))
      if (child.type !== 'ArrowFunctionExpression' && child.type !== 'FunctionExpression') visit(child);
  };
  children(fn as AnyNode).forEach(visit);
  return names;
}

/** The variables that a declaration makes; none for any other statement. */
function declaredBy(node: AnyNode): string[] {
  return node.type === 'VariableDeclaration' ? node.declarations.flatMap(({ id }) => namesIn(id)) : [];
}

function namesIn(pattern: Pattern | AnyNode): string[] {
  return targets(pattern).filter((name) => name !== null);
}

/** The variables that a pattern assigns; null for anything that is no variable. */
function targets(pattern: Pattern | AnyNode): (string | null)[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return targets(pattern.left);
    case 'RestElement':
      return targets(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? targets(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        targets(property.type === 'Property' ? property.value : property),
      );
    default:
      return [null];
  }
}

function children(node: AnyNode): AnyNode[] {
  return Object.values(node as object).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(
      (part): part is AnyNode =>
        typeof part === 'object' && part !== null && typeof (part as AnyNode).type === 'string',
    ),
  );
}
