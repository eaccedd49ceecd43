import { HEADER, STEP, WRITE } from '../kernel/layout';
import { Table, type Memory } from '../kernel/memory';
import type { Cells, Place } from './cells';
import { flatten } from './flatten';
import { changesOf, viewData, type Change, type ViewData } from './views/view';
import { ABSENT } from './row';

/** Leaf 1 of every kind of trie: disabled, false, no choice. */
export const DISABLED = 1;

/** Room for writes at least. */
const LEAST_ROOM = 64;
const NO_KEY = [0, 0] as const;
const STEP_WORDS = STEP.BYTES >> 2;
/** How often a new leaf's answer is compared with a plain call. */
const AUDITS = 2;

/** One cell write: `[cell, local value]`. */
type Write = readonly [cell: number, local: number];

/** What an effect does, as cell writes, before it is stored. */
export interface StepWrites {
  readonly writes: readonly Write[];
  /** Places all of whose contents the step replaces, those to come as well. */
  readonly cleared: ReadonlySet<Place>;
  /** Places below these whose contents it leaves as they are, but for those below that are cleared again. */
  readonly kept: ReadonlySet<Place>;
}

/** Values of cells. */
export type Facts = ReadonlyMap<number, number>;

/** What a step clears. */
interface Clearing {
  readonly step: number;
  readonly replaced: Pick<StepWrites, 'cleared' | 'kept'>;
}

/** A step to be stored. */
interface NewStep {
  readonly writes: StepWrites;
  /** Names the step. */
  readonly edge: number;
  /** The index of its action. */
  readonly action: number;
}

/**
 * Takes the changes that an effect returned apart. A view that is back in its place gives only its changes, also
 * inside a collection that is new; every other collection replaces what was there. Throws `NotAValueError` as
 * `flatten`.
 */
export function writesOf(cells: Cells, changes: object, variables: readonly string[]): StepWrites {
  const writes = new Map<number, number>();
  const cleared = new Set<Place>();
  const kept = new Set<Place>();
  const sink = {
    write: (place: Place, local: number) => void writes.set(place.cell, local),
    clearBelow: (place: Place) => {
      cleared.add(place);
      forEachBelow(place, (below) => writes.set(below.cell, ABSENT));
    },
    keeps: (place: Place, value: unknown) => {
      const data = viewData(value);
      const overlaid = data?.place === place ? changesOf(data) : undefined;
      if (data === undefined || overlaid === undefined) return false;
      data.session.guardUse();
      kept.add(place);
      // Where a place above was cleared.
      if (writes.delete(place.cell)) forEachBelow(place, (below) => writes.delete(below.cell));
      change(place, data, overlaid);
      return true;
    },
  };
  const put = (place: Place, value: unknown): void => flatten(cells, place, value, sink);
  const change = (place: Place, data: ViewData, overlaid: readonly Change[]): void => {
    // Of several changes to a key the last one counts, against what the place held before all of them.
    for (const change of new Map(overlaid.map((change) => [change.id, change])).values()) {
      const child = cells.child(place, change.id);
      const isSet =
        !data.shape && data.size === undefined && place.atoms[data.session.peek(place)]?.kind === 'Set';
      if (change.kind === 'delete') {
        sink.clearBelow(child);
        sink.write(child, ABSENT);
      } else if (isSet) sink.write(child, cells.local(child, { kind: 'member' }));
      else put(child, change.value);
    }
    if (data.size !== undefined) sink.write(place, cells.local(place, { kind: 'List', size: data.size }));
  };
  for (const [variable, value] of Object.entries(changes))
    put(cells.variables[variables.indexOf(variable)] as Place, value);
  return { writes: [...writes], cleared, kept };
}

/** Whether a step that clears and keeps places leaves one absent of which nothing else is written. */
function isCleared(place: Place, { cleared, kept }: Pick<StepWrites, 'cleared' | 'kept'>): boolean {
  for (let at = place; !kept.has(at) && at.parent; at = at.parent) if (cleared.has(at.parent)) return true;
  return false;
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
  leafCount = 1;
  stepCount = 0;
  /** How often a step has come to write one more cell. */
  patches = 0;
  /** A leaf's steps are those from the leaf's word up to the next leaf's. */
  private readonly firsts: Table;
  /** Steps, as `STEP` of the kernel's layout has them. */
  private readonly steps: Table;
  /** What is known of the states that each step leads out of: cells and their values, by turns. */
  private readonly facts: (readonly number[])[] = [];
  /** Bytes that each step's writes have room for. */
  private readonly rooms: number[] = [];
  /** The steps that clear a place and none above it. */
  private readonly clearing = new Map<Place, Clearing[]>();
  /** A byte a leaf: how often it is still to be audited. */
  private readonly audits: Table;
  private auditBytes: Uint8Array;

  constructor(
    private readonly cells: Cells,
    private readonly memory: Memory,
  ) {
    this.firsts = new Table(memory, HEADER.FIRST_STEP, 64);
    this.steps = new Table(memory, HEADER.STEPS, 64 * STEP_WORDS);
    this.audits = new Table(memory, HEADER.FRESH, 64);
    this.auditBytes = bytesOf(this.audits.words);
    this.add([], new Map()); // DISABLED
  }

  /** How many steps a leaf has; they follow each other. */
  stepsOf(leaf: number): number {
    return this.firstStepOf(leaf + 1) - this.firstStepOf(leaf);
  }

  /** A leaf's first step. */
  firstStepOf(leaf: number): number {
    return this.firsts.words[leaf] as number;
  }

  edgeOf(step: number): number {
    return this.field(step, STEP.EDGE);
  }

  /** What a step writes. */
  writesOf(step: number): Write[] {
    return this.writesBetween(this.field(step, STEP.WRITE_START), this.field(step, STEP.WRITE_END));
  }

  /** What every state that a step leads out of has in common. */
  factsOf(step: number): Facts {
    const facts = this.facts[step] as readonly number[];
    const known = new Map<number, number>();
    for (let k = 0; k < facts.length; k += 2) known.set(facts[k] as number, facts[k + 1] as number);
    return known;
  }

  /** The number of the step at an address. */
  stepAt(address: number): number {
    return ((address >>> 0) - this.steps.address) / STEP.BYTES;
  }

  /** The address of the list of judges that a step may affect; 0 where it isn't known, or no longer. */
  affectedBy(step: number): number {
    return this.field(step, STEP.AFFECTED);
  }

  setAffected(step: number, address: number): void {
    this.setField(step, STEP.AFFECTED, address);
  }

  /** How often a leaf is still to be audited. */
  auditsLeft(leaf: number): number {
    return this.auditBytes[leaf] as number;
  }

  setAuditsLeft(leaf: number, left: number): void {
    this.auditBytes[leaf] = left;
  }

  /** Stores a leaf. `known` are the old values of the cells that every path to it has read. */
  add(steps: readonly NewStep[], known: Facts): number {
    const leaf = this.leafCount++;
    this.firsts.reserve(leaf + 2);
    if (leaf >= this.auditBytes.length) this.auditBytes = bytesOf(this.audits.reserve((leaf >> 2) + 1));
    this.auditBytes[leaf] = steps.length > 0 ? AUDITS : 0;
    const facts = [...known].flat();
    for (const step of steps) {
      this.facts.push(facts);
      this.addStep(step, known);
    }
    this.firsts.words[leaf + 1] = this.stepCount;
    return leaf;
  }

  private addStep({ writes: { writes, ...replaced }, edge, action }: NewStep, known: Facts): void {
    const step = this.stepCount++;
    this.steps.reserve(this.stepCount * STEP_WORDS);
    this.setField(step, STEP.EDGE, edge);
    this.setField(step, STEP.ACTION, action);
    let low = 0;
    let high = 0;
    const sure: Write[] = [];
    const unsure: Write[] = [];
    const written = new Map(writes);
    for (const place of replaced.cleared)
      forEachBelow(place, (below) => {
        // A cell that another choice of the effect brought about.
        if (!written.has(below.cell) && isCleared(below, replaced)) written.set(below.cell, ABSENT);
      });
    for (const write of written) {
      const [cell, local] = write;
      const old = known.get(cell);
      if (old === local) continue;
      const after = this.cells.keyOf(cell, local);
      const before = old === undefined ? NO_KEY : this.cells.keyOf(cell, old);
      low ^= before[0] ^ after[0];
      high ^= before[1] ^ after[1];
      (old === undefined ? unsure : sure).push(write);
    }
    this.setField(step, STEP.FINGERPRINT, low);
    this.setField(step, STEP.FINGERPRINT + 4, high);
    this.store(step, sure, unsure);
    for (const place of replaced.cleared)
      if (!hasAbove(replaced.cleared, place)) this.watch(place, { step, replaced });
  }

  private store(step: number, sure: readonly Write[], unsure: readonly Write[]): void {
    const bytes = (sure.length + unsure.length) * WRITE.BYTES;
    const at = this.makeRoom(step, bytes);
    this.memory.tables.set([...sure, ...unsure].flat(), at >> 2);
    this.setField(step, STEP.WRITE_START, at);
    this.setField(step, STEP.UNKNOWN_START, at + sure.length * WRITE.BYTES);
    this.setField(step, STEP.WRITE_END, at + bytes);
  }

  /** The address of room for a step's writes, and for as many again: more come one by one. */
  private makeRoom(step: number, bytes: number): number {
    const room = Math.max(LEAST_ROOM, bytes * 2);
    this.rooms[step] = room;
    return this.memory.allocate(room);
  }

  /** Has a step write the cells that come to be below a place which it clears. */
  private watch(place: Place, clearing: Clearing): void {
    const known = this.clearing.get(place);
    if (known) {
      known.push(clearing);
      return;
    }
    const all = [clearing];
    this.clearing.set(place, all);
    place.watchers.push((fresh) => {
      for (const { step, replaced } of all) if (isCleared(fresh, replaced)) this.alsoClear(step, fresh.cell);
    });
  }

  private writesBetween(from: number, to: number): Write[] {
    const { tables } = this.memory;
    const found: Write[] = [];
    for (let at = from >> 2; at < to >> 2; at += 2)
      found.push([tables[at] as number, tables[at + 1] as number]);
    return found;
  }

  private field(step: number, offset: number): number {
    return this.steps.words[step * STEP_WORDS + (offset >> 2)] as number;
  }

  private setField(step: number, offset: number, value: number): void {
    this.steps.words[step * STEP_WORDS + (offset >> 2)] = value;
  }

  /**
   * A cell has appeared in a place that a step replaces as a whole: one more write after all others, and nothing is
   * copied but where there is no room for it.
   */
  private alsoClear(step: number, cell: number): void {
    const start = this.field(step, STEP.WRITE_START);
    const used = this.field(step, STEP.WRITE_END) - start;
    const room = this.rooms[step] as number;
    if (used + WRITE.BYTES > room) this.move(step, start, used, room);
    const end = this.field(step, STEP.WRITE_END);
    this.memory.tables.set([cell, ABSENT], end >> 2);
    this.setField(step, STEP.WRITE_END, end + WRITE.BYTES);
    this.setAffected(step, 0); // by the cells that it wrote before
    this.patches++;
  }

  private move(step: number, start: number, used: number, room: number): void {
    const { tables } = this.memory;
    const to = this.makeRoom(step, used);
    tables.copyWithin(to >> 2, start >> 2, (start + used) >> 2);
    this.memory.free(start, room);
    for (const field of [STEP.WRITE_START, STEP.UNKNOWN_START, STEP.WRITE_END])
      this.setField(step, field, this.field(step, field) - start + to);
  }
}

/** Whether a place above is among some. */
function hasAbove(places: ReadonlySet<Place>, { parent }: Place): boolean {
  for (let at = parent; at; at = at.parent) if (places.has(at)) return true;
  return false;
}

function bytesOf(words: Int32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
