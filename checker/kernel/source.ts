import {
  CONTEXT,
  GIVEN,
  HEADER,
  HIT,
  JUDGE,
  JUDGE_KIND,
  LIST,
  MEMBER,
  MOST_FILLED,
  MOST_HITS,
  MOVE,
  OUTCOME,
  PAGE,
  RANGE,
  ROW,
  SEEN_BASE,
  SEEN_SLACK,
  STEP,
  SURVIVOR,
  VERDICT,
} from './layout';
import { NODE } from './nodes';

/** Bytes of a cell in the states of a level. */
export type CellBytes = 1 | 2 | 4;

/** What the names in the kernel's source stand for: header words by name, the rest by kind and name. */
export function kernelConstants(): Record<string, number> {
  const groups = {
    OUTCOME,
    ROW,
    STEP,
    JUDGE,
    KIND: JUDGE_KIND,
    LIST,
    MOVE,
    SURVIVOR,
    GIVEN,
    MEMBER,
    RANGE,
    HIT,
    NODE,
    VERDICT,
  };
  const constants: Record<string, number> = {
    ...HEADER,
    ...CONTEXT,
    SEEN_BASE,
    SEEN_SLACK,
    MOST_FILLED,
    MOST_HITS,
  };
  for (const [group, members] of Object.entries(groups))
    for (const [name, value] of Object.entries(members)) constants[`${group}_${name}`] = value;
  return constants;
}

/**
 * The part of the search that runs for every state: walks tries, computes fingerprints, looks them up, writes
 * new states and asks the judges, all of it over tables. Whatever isn't in them yet it leaves to its caller.
 * `c` is a thread's context, `row` a state, `cells` a state's cells; all are addresses.
 */
export function kernelSource(bytes: CellBytes): string {
  const load = bytes === 4 ? 'load' : `load${bytes * 8}`;
  const store = bytes === 4 ? 'store' : `store${bytes * 8}`;
  const cell = (cells: string, index: string) => `${load}(${cells} + ((${index}) << ${Math.log2(bytes)}))`;
  const put = (cells: string, index: string, value: string) =>
    `${store}(${cells} + ((${index}) << ${Math.log2(bytes)}), ${value})`;
  /** Follows the pointer p to a leaf (below 0), or to 0 where nothing is learned. */
  const follow = (value: (index: string) => string, pass: string) => `
    while (p > 0) {
      const node = words + (p << 2);
      const kind = load(node);
      if (kind >= 0) {
        const value = ${value('kind')};
        p = value < load(node + 4) ? load(node + 8 + (value << 2)) : 0;
      } else p = ${pass};
    }`;
  /** The pointer past a node that is no cell's; 0 where the node must be extended first. */
  const passing = (folds: string, value: (index: string) => string) => `
    if (kind === NODE_ITERATED) {
      const count = load(load(CHILD_COUNTS) + ((load(node + 4) >> 1) << 2));
      return load(node + 8) === count ? load(node + 12) : 0;
    }
    if (kind === NODE_FOLDED) {
      const fold = load(${folds}) + (load(node + 4) << 4);
      const place = load(fold);
      const count = load(load(CHILD_COUNTS) + (place << 2));
      let known = load(fold + 8);
      if (known < count) {
        if (load(fold + 12)) return 0;
        const children = load(load(CHILDREN) + (place << 2));
        const side = load(fold + 4);
        while (known < count) {
          const child = load(children + (known << 2));
          if (${value('child')}) return 0;
          known++;
        }
      }
      return load(node + 8);
    }
    return kind === NODE_JOIN ? load(node + 8) : load(node + 4);`;
  const here = (index: string) => cell('cells', index);

  return `
function pass(node, kind, cells) {${passing('FOLDS', here)}
}

function walk(pointer, cells) {
  const words = load(WORDS);
  let p = pointer;
  ${follow(here, 'pass(node, kind, cells)')}
  return p;
}

/* Of a step: cell c before it at 2c, after it at 2c + 1. */
function ofStep(code, cells, after) {
  return code & 1 ? ${cell('after', 'code >> 1')} : ${cell('cells', 'code >> 1')};
}

function passPair(node, kind, cells, after) {${passing('PAIR_FOLDS', (index) => `ofStep((${index} << 1) + side, cells, after)`)}
}

function walkPair(pointer, cells, after) {
  const words = load(PAIR_WORDS);
  let p = pointer;
  ${follow(
    (index) => `${index} & 1 ? ${cell('after', `${index} >> 1`)} : ${cell('cells', `${index} >> 1`)}`,
    'passPair(node, kind, cells, after)',
  )}
  return p;
}

/* Adds the leaves of the enabled instances in a list and its groups to those gathered, by rank. */
function among(c, cells, list) {
  const words = load(WORDS);
  const fresh = load(FRESH);
  const leaves = load(c + LEAVES);
  let entry = list + 8;
  const end = entry + load(list) * SURVIVOR_BYTES;
  while (entry !== end) {
    let p = load(words + (load(entry + SURVIVOR_SLOT) << 2));
    ${follow(here, 'pass(node, kind, cells)')}
    /* The slot may be one of a node that has moved. */
    if (p === 0) p = walk(load(words + (load(entry + SURVIVOR_ROOT) << 2)), cells);
    if (p === 0) {
      store(c + INSTANCE, load(entry + SURVIVOR_INSTANCE));
      return OUTCOME_MISS;
    }
    if (p !== -1) {
      const leaf = -p;
      const audits = load8(fresh + leaf);
      if (audits) {
        const hits = load(c + HIT_COUNT);
        if (hits !== MOST_HITS) {
          store8(fresh + leaf, audits - 1);
          const hit = load(c + HITS) + hits * HIT_BYTES;
          store(hit, leaf);
          store(hit + HIT_INSTANCE, load(entry + SURVIVOR_INSTANCE));
          store(hit + HIT_CELLS, cells);
          store(c + HIT_COUNT, hits + 1);
        }
      }
      const rank = load(entry + SURVIVOR_RANK);
      const count = load(c + GATHERED);
      store(c + GATHERED, count + 1);
      let at = leaves + (count << 3);
      while (at !== leaves && load(at - 4) > rank) {
        store64(at, load64(at - 8));
        at -= 8;
      }
      store(at, leaf);
      store(at + 4, rank);
    }
    entry += SURVIVOR_BYTES;
  }
  const last = end + (load(list + 4) << 4);
  while (entry !== last) {
    const value = ${here('load(entry)')};
    const left = value < load(entry + 4) ? load(load(entry + 8) + (value << 2)) : load(entry + 12);
    if (left) {
      const outcome = among(c, cells, left);
      if (outcome) return outcome;
    }
    entry += 16;
  }
  return 0;
}

/* Gathers the leaves of all enabled instances of learned actions. */
function gather(c, row) {
  const cells = row + ROW_CELLS;
  store(c + GATHERED, 0);
  const outcome = among(c, cells, load(ROOTS));
  return outcome || load(RANGED_COUNT) === 0 ? outcome : given(c, cells);
}

/* Gathers the leaves of the enabled instances that ranges give in this state. */
function given(c, cells) {
  const words = load(WORDS);
  let ranged = load(RANGED);
  const end = ranged + (load(RANGED_COUNT) << 3);
  while (ranged !== end) {
    const leaf = -walk(load(words + (load(ranged) << 2)), cells);
    const table = leaf ? load(load(RANGE_LEAVES) + (leaf << 2)) : 0;
    store(c + INSTANCE, load(ranged + 4));
    if (table === 0) return OUTCOME_RANGE;
    const place = load(table + GIVEN_PLACE);
    if (place < 0) {
      const outcome = among(c, cells, load(table + GIVEN_LIST));
      if (outcome) return outcome;
    } else {
      if (load(table + GIVEN_COUNT) !== load(load(CHILD_COUNTS) + (place << 2))) return OUTCOME_RANGE;
      let entry = table + GIVEN_ENTRIES;
      const last = entry + (load(table + GIVEN_LENGTH) << 4);
      while (entry !== last) {
        const member = load(entry);
        const value = ${cell('cells', 'member')};
        if (value) {
          const wanted = load(entry + MEMBER_WANTED);
          if (wanted === MEMBER_UNJUDGED) return OUTCOME_RANGE;
          if (wanted === 0 || wanted === value) {
            const outcome = among(c, cells, load(entry + MEMBER_LIST));
            if (outcome) return outcome;
          }
        }
        entry += MEMBER_BYTES;
      }
    }
    ranged += 8;
  }
  return 0;
}

function slotOf(fingerprint = 0n) {
  return low((wide(low(fingerprint)) * wide(load(SEEN_ROOM))) >>> 32n);
}

/* Finds the steps of the leaves gathered, and those among them that change anything. */
function find(c, row, from, to) {
  const cells = row + ROW_CELLS;
  const own = load64(row);
  const leaves = load(c + LEAVES);
  const firstStep = load(FIRST_STEP);
  const steps = load(STEPS);
  const keys = load(KEYS);
  const keyBase = load(KEY_BASE);
  const room = load(c + FOUND_ROOM);
  const seenRoom = wide(load(SEEN_ROOM));
  const promised = load(c + STEPS_JUDGED) === 0 && load(PAIR_JUDGE_COUNT) > 0;
  /* The action properties are shown the states after the steps where the next new state will go. */
  const after = load(c + OUT) + load(c + OUT_COUNT) * load(STRIDE) + ROW_CELLS;
  let shown = 0;
  /* Where whole states are compared, a step to another state of the same fingerprint counts. */
  const exact = load(EXACT);
  let found = load(c + FOUND);
  let count = 0;
  for (let k = from; k < to; k++) {
    const leaf = load(leaves + (k << 3));
    const first = load(firstStep + (leaf << 2));
    const last = load(firstStep + (leaf << 2) + 4);
    if (count + last - first > room) return OUTCOME_STEPS;
    for (let number = first; number < last; number++) {
      const step = steps + number * STEP_BYTES;
      let fingerprint = own ^ load64(step);
      let at = load(step + STEP_UNKNOWN_START);
      const end = load(step + STEP_WRITE_END);
      while (at !== end) {
        const index = load(at);
        const base = keys + (load(keyBase + (index << 2)) << 3);
        fingerprint = fingerprint ^ load64(base + (${cell('cells', 'index')} << 3));
        at += 8;
      }
      if (promised) {
        const affected = load(step + STEP_AFFECTED);
        if (affected === 0) return OUTCOME_STEP_PROPERTY;
        if (load(affected + LIST_STEP_JUDGES)) {
          if (!shown) {
            if (load(c + OUT_COUNT) === load(CHUNK_ROOM)) return OUTCOME_FULL;
            const size = load(STRIDE) - ROW_CELLS;
            for (let w = 0; w < size; w += 8) store64(after + w, load64(cells + w));
            shown = 1;
          }
          if (!keepsProperties(cells, after, step, affected)) return OUTCOME_STEP_PROPERTY;
        }
      }
      if (fingerprint !== own || exact) {
        store64(found, fingerprint);
        store(found + 8, step);
        store(found + 12, SEEN_BASE + (low((wide(low(fingerprint)) * seenRoom) >>> 32n) << 3));
        found += 16;
        count++;
      }
    }
  }
  if (load(c + SEEN_LEFT) < count || load(c + UNJUDGED_LEFT) < count) return OUTCOME_CROWDED;
  store(c + FOUND_COUNT, count);
  store(c + FOUND_NEXT, 0);
  const takenBy = load(c + TAKEN_BY);
  for (let k = from; k < to; k++) {
    const leaf = load(leaves + (k << 3));
    const first = load(firstStep + (leaf << 2));
    const counter = takenBy + (load(steps + first * STEP_BYTES + STEP_ACTION) << 3);
    store64(counter, load64(counter) + wide(load(firstStep + (leaf << 2) + 4) - first));
  }
  /* The look-ups do not wait for each other here, and each would go to main memory. */
  if (load(PREFETCH)) {
    let touched = 0;
    let at = load(c + FOUND);
    while (at !== found) {
      touched = touched | load(load(at + 12));
      at += 16;
    }
    store(c + TOUCHED, touched);
  }
  return 0;
}

/* Whether a step keeps the action properties that it may affect. */
function keepsProperties(cells, after, step, affected) {
  const first = load(step + STEP_WRITE_START);
  const last = load(step + STEP_WRITE_END);
  for (let at = first; at !== last; at += 8) ${put('after', 'load(at)', 'load(at + 4)')};
  const words = load(PAIR_WORDS);
  const judges = load(PAIR_JUDGES);
  let asked = affected + LIST_ENTRIES + (load(affected + LIST_JUDGES) << 2);
  const end = asked + (load(affected + LIST_STEP_JUDGES) << 2);
  while (asked !== end) {
    const judge = judges + load(asked) * JUDGE_BYTES;
    const kind = load(judge + JUDGE_KIND);
    if (kind !== KIND_CLOSED) {
      if (kind === KIND_DIRECT || walkPair(load(words + (load(judge) << 2)), cells, after) !== -2) break;
    }
    asked += 4;
  }
  for (let at = first; at !== last; at += 8) {
    const index = load(at);
    ${put('after', 'index', cell('cells', 'index'))};
  }
  return asked === end;
}

/* Puts a fingerprint in the set of seen states: 1 where it is new, 0 where not, -1 where there's no room. */
function add(fingerprint = 0n, home) {
  const key = fingerprint === 0n ? 1n : fingerprint;
  const end = load(SEEN_END);
  let slot = home;
  while (slot !== end) {
    const there = atomicLoad64(slot);
    if (there === key) return 0;
    if (there === 0n) {
      const before = atomicSwapIf64(slot, 0n, key);
      if (before === 0n) return 1;
      if (before === key) return 0;
    }
    slot += 8;
  }
  return -1;
}

/* Judges a state by a list of judges, if there is one; what is in doubt is for the caller to say. */
function verdictOn(cells, affected) {
  if (affected === 0) return VERDICT_IN_DOUBT;
  const words = load(WORDS);
  const judges = load(JUDGES);
  /* A state outside the constraint is judged all the same. */
  let verdict = VERDICT_INSIDE;
  let at = affected + LIST_ENTRIES;
  const end = at + (load(affected + LIST_JUDGES) << 2);
  while (at !== end) {
    const judge = judges + load(at) * JUDGE_BYTES;
    const kind = load(judge + JUDGE_KIND);
    if (kind !== KIND_CLOSED) {
      if (kind === KIND_DIRECT) return VERDICT_IN_DOUBT;
      let p = 0;
      if (kind === KIND_QUIET) p = walkPair(load(load(PAIR_WORDS) + (load(judge) << 2)), cells, cells);
      else p = load(words + (load(judge) << 2));
      ${follow(here, 'pass(node, kind, cells)')}
      if (p === 0) return VERDICT_IN_DOUBT;
      if (kind === KIND_CONSTRAINT) verdict = p === -1 ? VERDICT_OUTSIDE : VERDICT_INSIDE;
      else if ((p === -1) !== (kind === KIND_REACHABLE)) return VERDICT_IN_DOUBT;
    }
    at += 4;
  }
  return verdict;
}

/* Judges the state at the end of the chunk, which no learned step has led to. */
function judge(c, everyone) {
  return verdictOn(load(c + OUT) + load(c + OUT_COUNT) * load(STRIDE) + ROW_CELLS, everyone);
}

/* Takes the steps found that lead to new states. */
function take(c, row, number) {
  const stride = load(STRIDE);
  const newBy = load(c + NEW_BY);
  const chunkRoom = load(CHUNK_ROOM);
  const count = load(c + FOUND_COUNT);
  const found = load(c + FOUND);
  const seenEnd = load(SEEN_END);
  for (let k = load(c + FOUND_NEXT); k < count; k++) {
    const entry = found + (k << 4);
    const out = load(c + OUT_COUNT);
    if (out === chunkRoom) {
      store(c + FOUND_NEXT, k);
      return OUTCOME_FULL;
    }
    const fingerprint = load64(entry);
    /* As in add, without a call for each step. */
    const key = fingerprint === 0n ? 1n : fingerprint;
    let slot = load(entry + 12);
    let there = load64(slot);
    while (there !== key && there !== 0n && slot !== seenEnd) {
      slot += 8;
      there = load64(slot);
    }
    const added = there === key ? 0 : add(fingerprint, slot);
    if (added) {
      if (added < 0) {
        store(c + FOUND_NEXT, k);
        return OUTCOME_OVERFULL;
      }
      const step = load(entry + 8);
      const to = load(c + OUT) + out * stride;
      store(c + SEEN_LEFT, load(c + SEEN_LEFT) - 1);
      store64(to, fingerprint);
      store(to + ROW_PARENT, number);
      store(to + ROW_EDGE, load(step + STEP_EDGE));
      for (let w = ROW_CELLS; w < stride; w += 8) store64(to + w, load64(row + w));
      let at = load(step + STEP_WRITE_START);
      const end = load(step + STEP_WRITE_END);
      while (at !== end) {
        ${put('to + ROW_CELLS', 'load(at)', 'load(at + 4)')};
        at += 8;
      }
      const answer = verdictOn(to + ROW_CELLS, load(step + STEP_AFFECTED));
      if (answer === VERDICT_OUTSIDE) store(c + OUTSIDE, load(c + OUTSIDE) + 1);
      else {
        if (answer === VERDICT_IN_DOUBT || load(c + LEFT) === 0) {
          store(c + FOUND_NEXT, k + 1);
          store(c + STEP, step);
          return OUTCOME_JUDGE;
        }
        const counter = newBy + (load(step + STEP_ACTION) << 3);
        store64(counter, load64(counter) + 1n);
        store(c + LEFT, load(c + LEFT) - 1);
        store(c + OUT_COUNT, out + 1);
      }
    }
  }
  return 0;
}

/* Expands the states of some rows from the k-th on; stops with the state under way in AT where the caller is needed. */
function run(c, rows, from, to, first) {
  const stride = load(STRIDE);
  for (let k = from; k < to; k++) {
    const row = rows + k * stride;
    let outcome = 0;
    if (load(c + UNDER_WAY) === 0) {
      outcome = gather(c, row);
      if (outcome === 0) {
        if (load(c + GATHERED)) outcome = find(c, row, 0, load(c + GATHERED));
        else if (load(DEADLOCK)) outcome = OUTCOME_NO_STEP;
        else store(c + FOUND_COUNT, 0);
      }
    }
    if (outcome === 0) {
      outcome = take(c, row, first + k);
      store(c + UNDER_WAY, outcome);
    }
    if (outcome) {
      store(c + AT, k);
      return outcome;
    }
    store(c + STEPS_JUDGED, 0);
  }
  return 0;
}

/*
 * The table of seen states has become larger where it stands: moves what is in its first slots to where it belongs
 * now. 0 where that can't be done with the spare room.
 */
function enlarge(slots, spare, spareRoom) {
  const end = load(SEEN_END);
  const room = wide(load(SEEN_ROOM));
  let kept = 0;
  let at = SEEN_BASE + (slots << 3);
  for (let slot = slots - 1; slot >= 0; slot--) {
    at -= 8;
    const fingerprint = load64(at);
    if (fingerprint !== 0n) {
      store64(at, 0n);
      const to = low((wide(low(fingerprint)) * room) >>> 32n);
      /* What would go below goes last: it must not come to where the old table is still to be read. */
      if (to < slot) {
        if (kept === spareRoom) return 0;
        store64(spare + (kept << 3), fingerprint);
        kept++;
      } else {
        let free = SEEN_BASE + (to << 3);
        while (load64(free) !== 0n) free += 8;
        if (free - end >= 0) return 0;
        store64(free, fingerprint);
      }
    }
  }
  while (kept) {
    kept--;
    const fingerprint = load64(spare + (kept << 3));
    if (add(fingerprint, SEEN_BASE + (slotOf(fingerprint) << 3)) < 0) return 0;
  }
  return 1;
}

/*
 * Does the same for ranges of slots beside other threads, each range within a part of the table of its own, which is
 * free. What finds no room there goes on the thread's list.
 */
function move(c) {
  const room = wide(load(SEEN_ROOM));
  const kept = load(c + FILLED);
  let count = load(c + FILLED_COUNT);
  while (load(STOP) === 0) {
    const taken = atomicAdd(NEXT_RANGE, 1);
    if (taken >= load(RANGE_COUNT)) break;
    const range = load(RANGES) + (taken << 4);
    let at = load(range + MOVE_FROM);
    const end = load(range + MOVE_TO);
    const floor = load(range + MOVE_LOW);
    const ceiling = load(range + MOVE_HIGH);
    while (at !== end) {
      const fingerprint = load64(at);
      if (fingerprint !== 0n) {
        store64(at, 0n);
        let free = SEEN_BASE + (low((wide(low(fingerprint)) * room) >>> 32n) << 3);
        if (free - floor >= 0) while (free - ceiling < 0 && load64(free) !== 0n) free += 8;
        if (free - floor >= 0 && free - ceiling < 0) store64(free, fingerprint);
        else {
          if (count === MOST_FILLED) {
            store(FAILED, OUTCOME_OVERFULL);
            store(STOP, 1);
            return;
          }
          store64(kept + (count << 3), fingerprint);
          count++;
        }
      }
      at += 8;
    }
  }
  store(c + FILLED_COUNT, count);
}

/* Looks a fingerprint up, for callers that have no 64-bit numbers. */
function addHalves(lower, upper) {
  const fingerprint = wide(lower) | (wide(upper) << 32n);
  return add(fingerprint, SEEN_BASE + (slotOf(fingerprint) << 3));
}

/* A chunk for new states in place of the one that is full; 0 where memory is used up. */
function freshChunk(c) {
  const filled = load(c + FILLED) + (load(c + FILLED_COUNT) << 3);
  store(filled, load(c + OUT));
  store(filled + 4, load(c + OUT_COUNT));
  store(c + FILLED_COUNT, load(c + FILLED_COUNT) + 1);
  store(c + OUT_COUNT, 0);
  const left = atomicAdd(FREE_COUNT, -1);
  if (left > 0) {
    store(c + OUT, load(load(FREE_CHUNKS) + ((left - 1) << 2)));
    return 1;
  }
  const pages = load(CHUNK_PAGES);
  const top = atomicAdd(TOP, -pages) - pages;
  store(c + OUT, top << ${Math.log2(PAGE)});
  return top >= load(FLOOR);
}

/* Expands ranges of states beside other threads, until there are none, or something is up. */
function work(c) {
  if (load(MOVING)) {
    move(c);
    return;
  }
  while (load(STOP) === 0) {
    const taken = atomicAdd(NEXT_RANGE, 1);
    if (taken >= load(RANGE_COUNT)) return;
    const range = load(RANGES) + (taken << 4);
    while (load(range + RANGE_FROM) < load(range + RANGE_TO)) {
      const outcome = run(c, load(range), load(range + RANGE_FROM), load(range + RANGE_TO), load(range + RANGE_FIRST));
      const at = outcome ? load(c + AT) : load(range + RANGE_TO);
      store(range + RANGE_FROM, at);
      if (outcome === OUTCOME_FULL) {
        if (freshChunk(c) === 0) {
          store(FAILED, OUTCOME_FULL);
          store(STOP, 1);
          return;
        }
      } else if (outcome === OUTCOME_JUDGE) {
        const note = load(c + UNJUDGED) + (load(c + UNJUDGED_COUNT) << 4);
        store(note, load(c + OUT));
        store(note + 4, load(c + OUT_COUNT));
        store(note + 8, load(c + STEP));
        store(c + UNJUDGED_COUNT, load(c + UNJUDGED_COUNT) + 1);
        store(c + UNJUDGED_LEFT, load(c + UNJUDGED_LEFT) - 1);
        store(c + OUT_COUNT, load(c + OUT_COUNT) + 1);
      } else if (outcome === OUTCOME_OVERFULL) {
        store(FAILED, outcome);
        store(STOP, 1);
        return;
      } else if (outcome === OUTCOME_CROWDED) {
        store(STOP, 1);
        return;
      } else if (outcome) {
        const note = load(c + PUT_OFF) + (load(c + PUT_OFF_COUNT) << 2);
        store(note, load(range + RANGE_FIRST) + at);
        store(c + PUT_OFF_COUNT, load(c + PUT_OFF_COUNT) + 1);
        store(range + RANGE_FROM, at + 1);
        if (load(c + PUT_OFF_COUNT) === load(c + PUT_OFF_ROOM)) {
          store(STOP, 1);
          return;
        }
      }
    }
  }
}
`;
}
