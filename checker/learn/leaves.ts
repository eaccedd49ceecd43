import { ABSENT, grown, type Cells, type Place } from './cells';
import { flatten } from './flatten';
import { changesOf, viewData } from './views/view';

/** Leaf 1 of every kind of trie: disabled, false, no choice. */
export const DISABLED = 1;

/** One cell write: `[cell, local value]`. */
type Write = readonly [cell: number, local: number];

/** What an effect does, as cell writes, before it is stored. */
export interface StepWrites {
  readonly writes: readonly Write[];
  /** Places all of whose contents the step replaces, those to come as well. */
  readonly cleared: readonly Place[];
}

/**
 * Takes the changes that an effect returned apart. A view that was changed gives only its changes; every
 * other collection replaces the whole variable. Throws `NotAValueError` as `flatten`.
 */
export function writesOf(cells: Cells, changes: object, variables: readonly string[]): StepWrites {
  const writes = new Map<number, number>();
  const cleared: Place[] = [];
  const sink = {
    write: (place: Place, local: number) => void writes.set(place.cell, local),
    clearBelow: (place: Place) => {
      cleared.push(place);
      forEachBelow(place, (below) => writes.set(below.cell, ABSENT));
    },
  };
  const put = (place: Place, value: unknown, path: readonly string[]): void => {
    const data = viewData(value);
    const overlaid = data && data.place === place ? changesOf(data) : undefined;
    if (data === undefined || overlaid === undefined) return flatten(cells, place, value, sink, path);
    // Of several changes to a key the last one counts, against what the place held before all of them.
    for (const change of new Map(overlaid.map((change) => [change.id, change])).values()) {
      const child = cells.child(place, change.id);
      const isSet =
        !data.shape && data.size === undefined && place.atoms[data.session.peek(place)]?.kind === 'Set';
      if (change.kind === 'delete') {
        sink.clearBelow(child);
        sink.write(child, ABSENT);
      } else if (isSet) sink.write(child, cells.local(child, { kind: 'member' }));
      else put(child, change.value, path);
    }
    if (data.size !== undefined) sink.write(place, cells.local(place, { kind: 'List', size: data.size }));
  };
  for (const [variable, value] of Object.entries(changes))
    put(cells.variables[variables.indexOf(variable)] as Place, value, []);
  return { writes: [...writes], cleared };
}

function forEachBelow(place: Place, visit: (place: Place) => void): void {
  for (const child of place.children) {
    visit(child);
    forEachBelow(child, visit);
  }
}

/**
 * The leaves of action tries: lists of steps, each a set of constant cell writes and what they do to a
 * fingerprint. Reads and writes stay available as data.
 */
export class Leaves {
  // A leaf's steps are firstStep[leaf] … firstStep[leaf + 1] - 1 in `steps`.
  firstStep = new Int32Array(64);
  leafCount = 1;
  /** Steps, by number. */
  low = new Int32Array(64);
  high = new Int32Array(64);
  writeStart = new Int32Array(64);
  writeEnd = new Int32Array(64);
  /** Of a step's writes, those from here on change cells whose old value the trie does not know. */
  unknownStart = new Int32Array(64);
  edge = new Int32Array(64);
  stepCount = 0;
  /** Writes: cell, local value, cell, local value … */
  writes = new Int32Array(256);
  private writesEnd = 0;
  /** Called when a step has come to write more cells. */
  onPatch: (step: number) => void = () => {};

  constructor(private readonly cells: Cells) {
    this.firstStep[1] = 0;
    this.add([]); // DISABLED
  }

  /** Stores a leaf. `edge` names the step; `known` is the old value of a cell that every path here has read. */
  add(
    steps: readonly {
      readonly writes: StepWrites;
      readonly edge: number;
      readonly known: (cell: number) => number | undefined;
    }[],
  ): number {
    const leaf = this.leafCount++;
    this.firstStep = grown(this.firstStep, leaf + 2);
    for (const step of steps) this.addStep(step.writes, step.edge, step.known);
    this.firstStep[leaf + 1] = this.stepCount;
    return leaf;
  }

  private addStep(
    { writes, cleared }: StepWrites,
    edge: number,
    known: (cell: number) => number | undefined,
  ): void {
    const step = this.stepCount++;
    for (const name of ['low', 'high', 'writeStart', 'writeEnd', 'unknownStart', 'edge'] as const)
      this[name] = grown(this[name], this.stepCount);
    this.edge[step] = edge;
    let low = 0;
    let high = 0;
    const sure: Write[] = [];
    const unsure: Write[] = [];
    const written = new Map(writes);
    for (const place of cleared)
      forEachBelow(place, ({ cell }) => {
        if (!written.has(cell)) written.set(cell, ABSENT); // a cell that another choice of the effect brought about
      });
    for (const write of written) {
      const [cell, local] = write;
      const old = known(cell);
      if (old === local) continue;
      if (old === undefined) unsure.push(write);
      else {
        const base = this.cells.keyBase[cell] as number;
        low ^= (this.cells.keyLow[base + old] as number) ^ (this.cells.keyLow[base + local] as number);
        high ^= (this.cells.keyHigh[base + old] as number) ^ (this.cells.keyHigh[base + local] as number);
        sure.push(write);
      }
    }
    this.low[step] = low;
    this.high[step] = high;
    this.store(step, sure, unsure);
    for (const place of new Set(cleared)) place.watchers.push((fresh) => this.alsoClear(step, fresh.cell));
  }

  private store(step: number, sure: readonly Write[], unsure: readonly Write[]): void {
    const all = [...sure, ...unsure];
    this.writes = grown(this.writes, this.writesEnd + all.length * 2);
    this.writeStart[step] = this.writesEnd;
    this.unknownStart[step] = this.writesEnd + sure.length * 2;
    for (const [cell, local] of all) {
      this.writes[this.writesEnd++] = cell;
      this.writes[this.writesEnd++] = local;
    }
    this.writeEnd[step] = this.writesEnd;
  }

  /** A cell has appeared in a place that a step replaces as a whole. */
  private alsoClear(step: number, cell: number): void {
    const pairs = (from: number, to: number): Write[] => {
      const found: Write[] = [];
      for (let at = from; at < to; at += 2)
        found.push([this.writes[at] as number, this.writes[at + 1] as number]);
      return found;
    };
    const start = this.writeStart[step] as number;
    const unknown = this.unknownStart[step] as number;
    const end = this.writeEnd[step] as number;
    // A cell may be below several places that the step replaces, one in the other.
    if (pairs(start, end).some(([written]) => written === cell)) return;
    this.store(step, pairs(start, unknown), [...pairs(unknown, end), [cell, ABSENT]]);
    this.onPatch(step);
  }
}
