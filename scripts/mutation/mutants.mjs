import ts from 'typescript';

/** Operator → what it becomes. */
const OPERATORS = {
  '<': ['<='],
  '<=': ['<'],
  '>': ['>='],
  '>=': ['>'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['+'],
  '%': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '+=': ['-='],
  '-=': ['+='],
  '|=': ['&='],
  '&=': ['|='],
};

/**
 * The places of a source where it can be made wrong, each with the texts that may stand there: an operator for
 * another, a condition that is always or never so, a statement left out. Left alone are types, loops' ends (they
 * would hang), and what is there only to say that the engine broke a promise of its own.
 */
export function sitesOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const sites = new Map();
  const raw = (node) => text.slice(node.getStart(source), node.end);
  const add = (node, kind, ...mutants) => {
    const [start, end] = [node.getStart(source), node.end];
    const key = `${start}:${end}:${kind}`;
    const site = sites.get(key) ?? { start, end, kind, mutants: [] };
    sites.set(key, site);
    for (const mutant of mutants)
      if (!site.mutants.includes(mutant) && mutant !== raw(node)) site.mutants.push(mutant);
  };
  const condition = (node) => add(node, 'expression', 'true', 'false');
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || isOwnPromise(node)) return;
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.getText(source);
      const assigns = operator.endsWith('=') && !['===', '!==', '<=', '>='].includes(operator);
      const text =
        ts.isStringLiteralLike(node.left) ||
        ts.isStringLiteralLike(node.right) ||
        ts.isTemplateExpression(node.right);
      if (!(operator === '+' && text))
        for (const other of OPERATORS[operator] ?? [])
          add(node, 'expression', `${raw(node.left)} ${other} ${raw(node.right)}`);
      if (assigns && operator === '??=') add(node, 'expression', `${raw(node.left)} = ${raw(node.right)}`);
    } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      add(node, 'expression', raw(node.operand));
    else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'expression', 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'expression', 'true');
    else if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
      const sign = { [ts.SyntaxKind.PlusPlusToken]: '--', [ts.SyntaxKind.MinusMinusToken]: '++' }[
        node.operator
      ];
      if (sign)
        add(
          node,
          'expression',
          ts.isPrefixUnaryExpression(node) ? `${sign}${raw(node.operand)}` : `${raw(node.operand)}${sign}`,
        );
    } else if (ts.isIfStatement(node)) condition(node.expression);
    else if (ts.isConditionalExpression(node)) condition(node.condition);
    else if (isLeftOut(node)) add(node, 'statement', '');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...sites.values()].sort(
    (a, b) => a.start - b.start || b.end - a.end || (a.kind === 'statement' ? -1 : 1),
  );
}

function isLeftOut(node) {
  if (ts.isContinueStatement(node) || ts.isBreakStatement(node)) return !ts.isCaseClause(node.parent);
  if (ts.isReturnStatement(node)) return node.expression === undefined;
  if (ts.isThrowStatement(node)) return true;
  if (!ts.isExpressionStatement(node)) return false;
  const { expression } = node;
  return !(ts.isCallExpression(expression) && expression.expression.kind === ts.SyntaxKind.SuperKeyword);
}

/** `throw new InternalError(…)` and the condition for it. */
function isOwnPromise(node) {
  if (ts.isThrowStatement(node)) return /InternalError|WorkerDied/.test(node.expression.getText());
  return ts.isIfStatement(node) && !node.elseStatement && isOwnPromise(node.thenStatement);
}

/** The source with all its mutants in it: `__mutant(k)` says whether it is the k-th that is to be so. */
export function withAll(text, sites, first) {
  let number = first;
  const mutants = [];
  const render = (start, end, among) => {
    let out = '';
    let at = start;
    for (let i = 0; i < among.length;) {
      const site = among[i];
      const inside = [];
      let j = i + 1;
      while (j < among.length && among[j].start < site.end) inside.push(among[j++]);
      out += text.slice(at, site.start);
      const numbers = site.mutants.map((mutant) => {
        mutants.push({
          number,
          start: site.start,
          end: site.end,
          was: text.slice(site.start, site.end),
          becomes: mutant,
        });
        return number++;
      });
      const inner = render(site.start, site.end, inside);
      out +=
        site.kind === 'statement'
          ? `if (!__mutant(${numbers[0]})) ${inner}`
          : `(${site.mutants.map((mutant, k) => `__mutant(${numbers[k]}) ? (${mutant}) : `).join('')}${inner})`;
      at = site.end;
      i = j;
    }
    return out + text.slice(at, end);
  };
  return { text: render(0, text.length, sites), mutants };
}
