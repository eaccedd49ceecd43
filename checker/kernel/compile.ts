import {
  parse,
  type BlockStatement,
  type Expression,
  type Function as FunctionNode,
  type Node,
  type Program,
  type Statement,
  type VariableDeclaration,
} from 'acorn';
import { InternalError } from '../model/engineError';
import { OPCODES, type Operation } from './opcodes';

/**
 * Compiles a small part of JavaScript to WebAssembly: functions over 32-bit integers and, where a BigInt
 * literal says so, 64-bit ones. Memory is read and written by calls (`load(at)`, `store64(at, value)`, see
 * `OPCODES`); names that are no variables are looked up in `constants`. There are `if`, `while`, `for`,
 * `break`, `continue`, `return`, integer operators and `?:`; `&&` and `||` give 0 or 1; comparisons are
 * signed; a parameter whose default is `0n` has 64 bits. The one memory is imported as `e.memory`, shared; every
 * function is exported. Throws `InternalError` for anything else: the source is ours.
 */
export function compile(
  source: string,
  constants: Readonly<Record<string, number>>,
): Uint8Array<ArrayBuffer> {
  const program: Program = parse(source, { ecmaVersion: 2022 });
  const functions = program.body.map((node) => {
    if (node.type !== 'FunctionDeclaration') throw unknown(node);
    return node;
  });
  const signatures = new Map(functions.map((node, index) => [node.id.name, signatureOf(node, index)]));
  const types = [...signatures.values()].map(({ parameters, result }) => [
    0x60,
    ...vector(parameters.map((type) => [TYPES[type]])),
    ...vector(result ? [[TYPES[result]]] : []),
  ]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([[...name('e'), ...name('memory'), 0x02, 0x03, ...leb(1), ...leb(65536)]])),
    ...section(3, vector(functions.map((_, index) => leb(index)))),
    ...section(7, vector([...signatures].map(([id, { index }]) => [...name(id), 0x00, ...leb(index)]))),
    ...section(10, vector(functions.map((node) => new Body(node, signatures, constants).bytes()))),
  ]);
}

type Type = 'i32' | 'i64';
const TYPES = { i32: 0x7f, i64: 0x7e } as const;
const VOID = 0x40;

interface Signature {
  readonly index: number;
  readonly parameters: readonly Type[];
  readonly result: Type | undefined;
}

interface Local {
  readonly index: number;
  readonly type: Type;
}

/** Code, and what it leaves on the stack. */
interface Code {
  readonly bytes: readonly number[];
  readonly type: Type | undefined;
}

const BLOCK = 0x02;
const LOOP = 0x03;
const IF = 0x04;
const ELSE = 0x05;
const END = 0x0b;
const BR = 0x0c;
const BR_IF = 0x0d;
const RETURN = 0x0f;
const CALL = 0x10;
const DROP = 0x1a;
const GET = 0x20;
const SET = 0x21;
const I32_CONST = 0x41;
const I64_CONST = 0x42;
const I32_EQZ = 0x45;
const I64_EQZ = 0x50;

/** Binary operators: opcodes for 32 and for 64 bits. */
const BINARY: Readonly<Record<string, readonly [number, number]>> = {
  '===': [0x46, 0x51],
  '!==': [0x47, 0x52],
  '<': [0x48, 0x53],
  '>': [0x4a, 0x55],
  '<=': [0x4c, 0x57],
  '>=': [0x4e, 0x59],
  '+': [0x6a, 0x7c],
  '-': [0x6b, 0x7d],
  '*': [0x6c, 0x7e],
  '&': [0x71, 0x83],
  '|': [0x72, 0x84],
  '^': [0x73, 0x85],
  '<<': [0x74, 0x86],
  '>>': [0x75, 0x87],
  '>>>': [0x76, 0x88],
};
const COMPARISONS = new Set(['===', '!==', '<', '>', '<=', '>=']);

/** One function's code. */
class Body {
  private readonly locals: Type[] = [];
  private readonly scopes: Map<string, Local>[] = [new Map()];
  private readonly parameterCount: number;
  /** Blocks open around the code being written, and of the loops those to break from and to continue in. */
  private depth = 0;
  private readonly loops: { readonly end: number; readonly next: number }[] = [];
  private readonly signature: Signature;

  constructor(
    private readonly node: FunctionNode,
    private readonly signatures: ReadonlyMap<string, Signature>,
    private readonly constants: Readonly<Record<string, number>>,
  ) {
    this.signature = signatures.get(node.id?.name as string) as Signature;
    this.parameterCount = node.params.length;
    node.params.forEach((parameter, index) =>
      this.scopes[0]?.set(parameterName(parameter), {
        index,
        type: this.signature.parameters[index] as Type,
      }),
    );
  }

  bytes(): number[] {
    const code = this.statement(this.node.body as BlockStatement);
    // Every path of a function with a result ends in `return`.
    const end = this.signature.result ? [0x00, END] : [END];
    const locals = vector(this.locals.map((type) => [1, TYPES[type]]));
    const body = [...locals, ...code, ...end];
    return [...leb(body.length), ...body];
  }

  private statement(node: Statement | VariableDeclaration): number[] {
    switch (node.type) {
      case 'BlockStatement': {
        this.scopes.push(new Map());
        const bytes = node.body.flatMap((inner) => this.statement(inner));
        this.scopes.pop();
        return bytes;
      }
      case 'VariableDeclaration':
        return node.declarations.flatMap(({ id, init }) => {
          if (id.type !== 'Identifier' || !init) throw unknown(node);
          const value = this.value(init);
          const local = this.declare(id.name, value.type as Type);
          return [...value.bytes, SET, ...leb(local.index)];
        });
      case 'ExpressionStatement':
        return this.effect(node.expression);
      case 'IfStatement': {
        const test = this.test(node.test);
        this.depth++;
        const then = this.statement(node.consequent);
        const otherwise = node.alternate ? [ELSE, ...this.statement(node.alternate)] : [];
        this.depth--;
        return [...test, IF, VOID, ...then, ...otherwise, END];
      }
      case 'WhileStatement':
        return this.loop(node.test, () => this.statement(node.body), []);
      case 'ForStatement': {
        const { init: before, test, update: after } = node;
        if (before?.type !== 'VariableDeclaration' || !test || !after) throw unknown(node);
        this.scopes.push(new Map());
        const init = this.statement(before);
        const update = this.effect(after);
        const bytes = this.loop(test, () => this.statement(node.body), update);
        this.scopes.pop();
        return [...init, ...bytes];
      }
      case 'BreakStatement':
        return [BR, ...leb(this.depth - (this.loops.at(-1)?.end as number))];
      case 'ContinueStatement':
        return [BR, ...leb(this.depth - (this.loops.at(-1)?.next as number))];
      case 'ReturnStatement':
        return [...(node.argument ? this.value(node.argument).bytes : []), RETURN];
      default:
        throw unknown(node);
    }
  }

  /** `block { loop { test, else leave; block { body }; update; again } }`. */
  private loop(test: Expression, body: () => number[], update: readonly number[]): number[] {
    this.depth += 2;
    const leave = [...this.test(test), I32_EQZ, BR_IF, 1];
    this.depth++;
    this.loops.push({ end: this.depth - 2, next: this.depth });
    const inner = body();
    this.loops.pop();
    this.depth -= 3;
    return [BLOCK, VOID, LOOP, VOID, ...leave, BLOCK, VOID, ...inner, END, ...update, BR, 0, END, END];
  }

  /** An expression for what it does. */
  private effect(node: Expression): number[] {
    if (node.type === 'UpdateExpression') {
      const local = this.local(node.argument);
      return [GET, ...leb(local.index), I32_CONST, 1, node.operator === '++' ? 0x6a : 0x6b, ...set(local)];
    }
    if (node.type === 'AssignmentExpression') {
      const local = this.local(node.left);
      const { bytes } = this.value(node.right);
      if (node.operator === '=') return [...bytes, ...set(local)];
      const opcode = BINARY[node.operator.slice(0, -1)]?.[local.type === 'i32' ? 0 : 1];
      if (opcode === undefined) throw unknown(node);
      return [GET, ...leb(local.index), ...bytes, opcode, ...set(local)];
    }
    const { bytes, type } = this.code(node);
    return type ? [...bytes, DROP] : [...bytes];
  }

  /** An expression as a condition. */
  private test(node: Expression): readonly number[] {
    const { bytes, type } = this.value(node);
    return type === 'i32' ? bytes : [...bytes, I64_EQZ, I32_EQZ];
  }

  private value(node: Expression): Code {
    const code = this.code(node);
    if (code.type === undefined) throw unknown(node);
    return code;
  }

  private code(node: Expression): Code {
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'bigint')
          return { bytes: [I64_CONST, ...leb(Number(node.value))], type: 'i64' };
        return { bytes: [I32_CONST, ...leb(node.value as number)], type: 'i32' };
      case 'Identifier': {
        const local = this.find(node.name);
        if (local) return { bytes: [GET, ...leb(local.index)], type: local.type };
        const constant = this.constants[node.name];
        if (constant === undefined) throw unknown(node, node.name);
        return { bytes: [I32_CONST, ...leb(constant)], type: 'i32' };
      }
      case 'UnaryExpression': {
        const { bytes, type } = this.value(node.argument);
        if (node.operator === '!')
          return { bytes: [...bytes, type === 'i32' ? I32_EQZ : I64_EQZ], type: 'i32' };
        if (node.operator === '-' && type === 'i32') return { bytes: [I32_CONST, 0, ...bytes, 0x6b], type };
        throw unknown(node);
      }
      case 'BinaryExpression': {
        const left = this.value(node.left as Expression);
        const right = this.value(node.right);
        const opcode = BINARY[node.operator]?.[left.type === 'i32' ? 0 : 1];
        if (opcode === undefined || left.type !== right.type) throw unknown(node, node.operator);
        const type = COMPARISONS.has(node.operator) ? 'i32' : left.type;
        return { bytes: [...left.bytes, ...right.bytes, opcode], type };
      }
      case 'LogicalExpression': {
        const left = this.test(node.left);
        const right = [...this.test(node.right), I32_EQZ, I32_EQZ];
        const [yes, no] = node.operator === '&&' ? [right, [I32_CONST, 0]] : [[I32_CONST, 1], right];
        return { bytes: [...left, IF, TYPES.i32, ...yes, ELSE, ...no, END], type: 'i32' };
      }
      case 'ConditionalExpression': {
        const yes = this.value(node.consequent);
        const no = this.value(node.alternate);
        const type = yes.type as Type;
        return {
          bytes: [...this.test(node.test), IF, TYPES[type], ...yes.bytes, ELSE, ...no.bytes, END],
          type,
        };
      }
      case 'CallExpression':
        return this.call((node.callee as { name: string }).name, node.arguments as Expression[], node);
      default:
        throw unknown(node);
    }
  }

  private call(callee: string, given: readonly Expression[], node: Node): Code {
    const operation = OPCODES[callee];
    if (operation) return this.operation(operation, given, node);
    const signature = this.signatures.get(callee);
    const values = given.map((argument) => this.value(argument));
    if (!signature || values.some(({ type }, i) => type !== signature.parameters[i]))
      throw unknown(node, callee);
    return {
      bytes: [...values.flatMap(({ bytes }) => bytes), CALL, ...leb(signature.index)],
      type: signature.result,
    };
  }

  private operation(operation: Operation, given: readonly Expression[], node: Node): Code {
    const values = given.map((argument) => this.value(argument));
    if (values.length !== operation.takes.length || values.some(({ type }, i) => type !== operation.takes[i]))
      throw unknown(node);
    const where = operation.align === undefined ? [] : [...leb(operation.align), 0];
    return {
      bytes: [...values.flatMap(({ bytes }) => bytes), ...operation.opcode, ...where],
      type: operation.gives,
    };
  }

  private declare(id: string, type: Type): Local {
    const local = { index: this.parameterCount + this.locals.push(type) - 1, type };
    this.scopes.at(-1)?.set(id, local);
    return local;
  }

  private find(id: string): Local | undefined {
    return this.scopes.findLast((scope) => scope.has(id))?.get(id);
  }

  private local(node: Node): Local {
    const local = this.find((node as unknown as { name: string }).name);
    if (local === undefined) throw unknown(node);
    return local;
  }
}

function set({ index }: Local): number[] {
  return [SET, ...leb(index)];
}

function signatureOf(node: FunctionNode, index: number): Signature {
  const parameters = node.params.map((parameter): Type =>
    parameter.type === 'AssignmentPattern' ? 'i64' : 'i32',
  );
  return { index, parameters, result: returnsValue(node.body) ? 'i32' : undefined };
}

function parameterName(parameter: Node): string {
  const { left, name: id } = parameter as unknown as { left?: { name: string }; name: string };
  return left?.name ?? id;
}

function returnsValue(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('type' in node && node.type === 'ReturnStatement')
    return Boolean((node as { argument?: unknown }).argument);
  return Object.values(node).some((inner) =>
    Array.isArray(inner) ? inner.some(returnsValue) : returnsValue(inner),
  );
}

/** A signed number, seven bits a byte. Counts and indices are never so large that the sign matters to them. */
function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (;;) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && !(byte & 0x40)) || (rest === -1n && byte & 0x40)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...leb(items.length), ...items.flat()];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

function name(text: string): number[] {
  return vector([...text].map((char) => [char.charCodeAt(0)]));
}

function unknown(node: Node, what = ''): InternalError {
  return new InternalError(`the kernel's language has no ${node.type} ${what} as at ${node.start}`);
}
