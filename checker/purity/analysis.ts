import type { AnyNode, Pattern, Statement, VariableDeclaration } from 'acorn';
import { OPAQUE, PRIMITIVE, anyOf, either, isData, isPlain, resolved, type Abstract } from './abstract';
import { Calls } from './calls';
import type { Environment } from './environment';
import { NotKnown } from './notKnown';
import { isPlainClass } from './objects';
import { assignedIn, children, isFunction, namesIn, type FunctionNode } from './source';

/** More than this is not looked into for one question. */
const MOST_STEPS = 20_000;

/** A function's body as it is being looked into. */
interface Body {
  readonly environment: Environment;
  readonly node: FunctionNode;
  readonly given: Abstract[];
}

/**
 * Looks into code without running it: each expression gives what is known of its value, and whatever may leave a
 * trace, or need not come to an end, or may do anything, ends it with NotKnown. All branches are taken.
 */
export class Analysis extends Calls {
  private steps = 0;

  protected enter(node: FunctionNode, environment: Environment, given: readonly Abstract[]): Abstract {
    if (node.async || node.generator) throw new NotKnown('what happens later');
    this.hoist(node, environment);
    const body: Body = { environment, node, given: [] };
    node.params.forEach((parameter, index) => {
      if (parameter.type === 'RestElement')
        this.bind(body, parameter.argument, { kind: 'array', of: anyOf(given.slice(index)) }, environment);
      else this.bind(body, parameter, given[index] ?? PRIMITIVE, environment);
    });
    if (node.body.type !== 'BlockStatement') return this.value(node.body, environment);
    const statements = node.body.body;
    this.block(body, statements, environment);
    // Without a `return` at its end it may come to its end, and give undefined.
    return anyOf(statements.at(-1)?.type === 'ReturnStatement' ? body.given : [PRIMITIVE, ...body.given]);
  }

  /** What is declared below a function's own block and seen in all of it, is not followed. */
  private hoist(node: FunctionNode, environment: Environment): void {
    const visit = (below: AnyNode, top: boolean): void => {
      if (below.type === 'VariableDeclaration' && below.kind === 'var' && !top)
        for (const { id } of below.declarations)
          for (const name of namesIn(id)) if (name !== null) environment.declare(name, OPAQUE);
      if (below.type === 'FunctionDeclaration') {
        if (!top && below.id) environment.declare(below.id.name, OPAQUE);
      } else if (!isFunction(below)) for (const child of children(below)) visit(child, false);
    };
    if (node.body.type === 'BlockStatement') for (const statement of node.body.body) visit(statement, true);
  }

  private block(body: Body, statements: readonly (Statement | AnyNode)[], environment: Environment): void {
    for (const statement of statements)
      if (statement.type === 'FunctionDeclaration' && statement.id)
        environment.declare(
          statement.id.name,
          assignedIn(body.node).has(statement.id.name)
            ? OPAQUE
            : { kind: 'written', node: statement as FunctionNode, environment },
        );
    for (const statement of statements) this.statement(body, statement as AnyNode, environment);
  }

  private statement(body: Body, node: AnyNode, environment: Environment): void {
    this.step();
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'EmptyStatement':
      case 'BreakStatement':
      case 'ContinueStatement':
        return;
      case 'ExpressionStatement':
        this.value(node.expression, environment);
        return;
      case 'VariableDeclaration':
        this.declare(body, node, environment);
        return;
      case 'ReturnStatement':
        body.given.push(node.argument ? this.value(node.argument, environment) : PRIMITIVE);
        return;
      case 'ThrowStatement':
        this.value(node.argument, environment);
        return;
      case 'IfStatement':
        this.value(node.test, environment);
        this.block(body, [node.consequent], environment.inner());
        if (node.alternate) this.block(body, [node.alternate], environment.inner());
        return;
      case 'BlockStatement':
        this.block(body, node.body, environment.inner());
        return;
      case 'LabeledStatement':
        this.statement(body, node.body, environment);
        return;
      case 'SwitchStatement': {
        this.value(node.discriminant, environment);
        const inner = environment.inner();
        for (const { test } of node.cases) if (test) this.value(test, inner);
        this.block(
          body,
          node.cases.flatMap(({ consequent }) => consequent),
          inner,
        );
        return;
      }
      case 'TryStatement': {
        this.block(body, node.block.body, environment.inner());
        if (node.handler) {
          const inner = environment.inner();
          if (node.handler.param) this.bind(body, node.handler.param, OPAQUE, inner);
          this.block(body, node.handler.body.body, inner);
        }
        if (node.finalizer) this.block(body, node.finalizer.body, environment.inner());
        return;
      }
      case 'ForOfStatement': {
        const { left, right } = node;
        if (node.await || left.type !== 'VariableDeclaration' || left.kind === 'var')
          throw new NotKnown('what a loop assigns');
        const [declared] = left.declarations;
        for (const member of this.membersIn(this.value(right, environment))) {
          const inner = environment.inner();
          this.bind(body, (declared as { id: Pattern }).id, member, inner);
          this.block(body, [node.body], inner.inner());
        }
        return;
      }
      default:
        throw new NotKnown(`what a ${node.type} does, or when it ends`);
    }
  }

  private declare(body: Body, { kind, declarations }: VariableDeclaration, environment: Environment): void {
    if (kind !== 'var' && kind !== 'let' && kind !== 'const')
      throw new NotKnown(`what ${kind as string} does`);
    for (const { id, init } of declarations) {
      const value = init ? this.value(init, environment) : PRIMITIVE;
      // A `var` of an inner block is declared, as anything, where its function begins.
      if (kind !== 'var' || environment === body.environment) this.bind(body, id, value, environment);
    }
  }

  /** Declares the variables of a pattern. */
  private bind(body: Body, pattern: Pattern | AnyNode, value: Abstract, environment: Environment): void {
    this.step();
    switch (pattern.type) {
      case 'Identifier': {
        const assigned = assignedIn(body.node).get(pattern.name);
        const declared =
          assigned === undefined ? value : assigned === 'primitive' ? either(value, PRIMITIVE) : OPAQUE;
        environment.declare(pattern.name, declared);
        return;
      }
      case 'AssignmentPattern':
        this.bind(body, pattern.left, either(value, this.value(pattern.right, environment)), environment);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') {
            if (!isPlain(value)) throw new NotKnown('what the rest of an object is');
            this.bind(body, property.argument, OPAQUE, environment);
          } else this.bind(body, property.value, this.member(value, property, environment), environment);
        }
        return;
      case 'ArrayPattern': {
        const of = either(anyOf(this.membersIn(value)), PRIMITIVE);
        for (const element of pattern.elements) {
          if (element?.type === 'RestElement')
            this.bind(body, element.argument, { kind: 'array', of }, environment);
          else if (element) this.bind(body, element, of, environment);
        }
        return;
      }
      default:
        throw new NotKnown('what a declaration declares');
    }
  }

  private value(node: AnyNode, environment: Environment): Abstract {
    this.step();
    const of = (part: AnyNode) => this.value(part, environment);
    switch (node.type) {
      case 'Literal':
        if ('regex' in node) throw new NotKnown('what a regular expression leaves behind');
        return PRIMITIVE;
      case 'Identifier':
        if (node.name === 'arguments') throw new NotKnown('what it was called with');
        return environment.look(node.name);
      case 'ThisExpression':
        return environment.self;
      case 'TemplateLiteral':
        for (const part of node.expressions) this.converted(of(part));
        return PRIMITIVE;
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return { kind: 'written', node, environment };
      case 'ParenthesizedExpression':
      case 'ChainExpression':
        return of(node.expression);
      case 'SequenceExpression':
        return node.expressions.map(of).at(-1) as Abstract;
      case 'ConditionalExpression':
        of(node.test);
        return either(of(node.consequent), of(node.alternate));
      case 'LogicalExpression':
        return either(of(node.left), of(node.right));
      case 'UnaryExpression':
        if (node.operator === 'delete') throw new NotKnown('what is deleted');
        if (['!', 'typeof', 'void'].includes(node.operator)) of(node.argument);
        else this.converted(of(node.argument));
        return PRIMITIVE;
      case 'BinaryExpression':
        return this.binary(node, environment);
      case 'AssignmentExpression':
        return this.assignment(node, environment);
      case 'UpdateExpression':
        if (node.argument.type !== 'Identifier') throw new NotKnown('what is counted up');
        this.converted(of(node.argument));
        environment.assign(node.argument.name, PRIMITIVE);
        return PRIMITIVE;
      case 'MemberExpression':
        return this.member(of(node.object), { key: node.property, computed: node.computed }, environment);
      case 'CallExpression':
        return this.called(node, environment);
      case 'NewExpression':
        return this.construct(of(node.callee), this.arguments(node.arguments, environment));
      case 'ArrayExpression': {
        const parts = node.elements.map((element) =>
          element === null
            ? PRIMITIVE
            : element.type === 'SpreadElement'
              ? anyOf(this.membersIn(of(element.argument)))
              : of(element),
        );
        return { kind: 'array', of: anyOf(parts) };
      }
      case 'ObjectExpression':
        return this.object(node.properties, environment);
      default:
        throw new NotKnown(`what a ${node.type} does`);
    }
  }

  private binary(node: AnyNode & { type: 'BinaryExpression' }, environment: Environment): Abstract {
    const { operator } = node;
    if (node.left.type === 'PrivateIdentifier') throw new NotKnown('what is private');
    const [left, right] = [this.value(node.left, environment), this.value(node.right, environment)];
    if (operator === '===' || operator === '!==') return PRIMITIVE;
    if (operator === 'instanceof') return this.instance(right);
    if (operator === 'in') {
      this.converted(left);
      const { kind } = resolved(right);
      if (kind === 'array' || kind === 'object') return PRIMITIVE;
      if (isData(right)) return PRIMITIVE;
      this.anyProperty(right); // a table: an object that has only values
      return PRIMITIVE;
    }
    const isNull = ({ type, ...of }: AnyNode) =>
      type === 'Literal' && (of as { raw?: string }).raw === 'null';
    if ((operator === '==' || operator === '!=') && (isNull(node.left) || isNull(node.right)))
      return PRIMITIVE;
    this.converted(left);
    this.converted(right);
    return PRIMITIVE;
  }

  /** `instanceof`: what it asks of a class must be what JavaScript asks of any. */
  private instance(of: Abstract): Abstract {
    const it = resolved(of);
    if (it.kind !== 'captured' || typeof it.value !== 'function' || !isPlainClass(it.value))
      throw new NotKnown('what instanceof asks');
    return PRIMITIVE;
  }

  private assignment(node: AnyNode & { type: 'AssignmentExpression' }, environment: Environment): Abstract {
    const { left, operator } = node;
    if (left.type !== 'Identifier') throw new NotKnown('what is assigned');
    const value = this.value(node.right, environment);
    const logical = ['&&=', '||=', '??='].includes(operator);
    if (operator !== '=' && !logical) {
      this.converted(this.value(left, environment));
      this.converted(value);
      environment.assign(left.name, PRIMITIVE);
      return PRIMITIVE;
    }
    environment.assign(left.name, value);
    return logical ? either(this.value(left, environment), value) : value;
  }

  private called(node: AnyNode & { type: 'CallExpression' }, environment: Environment): Abstract {
    const { callee } = node;
    if (callee.type === 'Super') throw new NotKnown('what super does');
    if (callee.type === 'Identifier' && callee.name === 'eval') throw new NotKnown('what eval does');
    if (callee.type !== 'MemberExpression')
      return this.call(
        this.value(callee, environment),
        PRIMITIVE,
        this.arguments(node.arguments, environment),
      );
    if (callee.object.type === 'Super' || callee.computed || callee.property.type !== 'Identifier')
      throw new NotKnown('which method is called');
    const object = this.value(callee.object, environment);
    return this.method(object, callee.property.name, this.arguments(node.arguments, environment));
  }

  private arguments(nodes: readonly AnyNode[], environment: Environment): Abstract[] {
    return nodes.map((node) => {
      if (node.type === 'SpreadElement') throw new NotKnown('how many arguments there are');
      return this.value(node, environment);
    });
  }

  private member(
    object: Abstract,
    { key, computed }: { readonly key: AnyNode; readonly computed: boolean },
    environment: Environment,
  ): Abstract {
    if (key.type === 'PrivateIdentifier') throw new NotKnown('what is private');
    if (!computed && key.type === 'Identifier') return this.property(object, key.name);
    if (key.type === 'Literal') return this.property(object, String(key.value));
    this.converted(this.value(key, environment));
    return this.anyProperty(object);
  }

  private object(properties: readonly AnyNode[], environment: Environment): Abstract {
    const of = new Map<string, Abstract>();
    for (const property of properties) {
      if (property.type !== 'Property' || property.kind !== 'init' || property.computed)
        throw new NotKnown('what an object is made of');
      const name = property.key.type === 'Identifier' ? property.key.name : this.literal(property.key);
      if (name === '__proto__') throw new NotKnown('what an object inherits');
      of.set(name, this.value(property.value, environment));
    }
    return { kind: 'object', of };
  }

  private literal(key: AnyNode): string {
    if (key.type !== 'Literal') throw new NotKnown('what a property is called');
    return String(key.value);
  }

  /** A value is turned to text or a number. */
  private converted(value: Abstract): void {
    if (!isPlain(value)) throw new NotKnown('what turning a value to text does');
  }

  private step(): void {
    if (++this.steps > MOST_STEPS) throw new NotKnown('what so much code does');
  }
}
