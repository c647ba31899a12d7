import assert from 'node:assert/strict';
import { test } from 'node:test';

import { besideName, folderOf, isCarried } from '../../src/bridge/files/names.ts';
import { decide, planFiles, type Sides } from '../../src/bridge/files/plan.ts';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('what is the same, or only on the other side, is not carried', () => {
  assert.equal(decide({ from: 'a', to: 'a', last: null }), 'same');
  assert.equal(decide({ from: null, to: 'a', last: { from: 'b', to: 'b' } }), 'same');
});

test('what is missing there is carried; what was deleted there too: a lesson needs its data', () => {
  assert.equal(decide({ from: 'a', to: null, last: null }), 'copy');
  assert.equal(decide({ from: 'a', to: null, last: { from: 'a', to: 'a' } }), 'copy');
});

test('the side that changed alone wins; where both did, or nobody knows, the person is asked', () => {
  const last = { from: 'a', to: 'a' };
  assert.equal(decide({ from: 'b', to: 'a', last }), 'copy');
  assert.equal(decide({ from: 'a', to: 'b', last }), 'keep');
  assert.equal(decide({ from: 'b', to: 'c', last }), 'ask');
  assert.equal(decide({ from: 'a', to: 'b', last: null }), 'ask');
});

test('a version that was kept once is not overwritten later unasked', () => {
  const kept = { from: 'a', to: 'b' };
  assert.equal(decide({ from: 'a', to: 'b', last: kept }), 'keep');
  assert.equal(decide({ from: 'c', to: 'b', last: kept }), 'ask');
});

/** Two sides of one file, edited and carried both ways at random. */
class World {
  here: string | null = null;
  there: string | null = null;
  last: Sides | null = null;
  readonly #random: () => number;
  readonly #seen = { here: new Set<string>(), there: new Set<string>() };
  #versions = 0;

  constructor(seed: number) {
    this.#random = numbers(seed);
  }

  step(): void {
    const happens = Math.floor(this.#random() * 6);
    const version = `v${(this.#versions += 1)}`;
    if (happens === 0) {
      this.here = version;
    } else if (happens === 1) {
      this.there = version;
    } else if (happens === 2 && this.#random() < 0.2) {
      this[this.#random() < 0.5 ? 'here' : 'there'] = null;
    } else if (happens === 3 && this.#random() < 0.1) {
      this.last = null;
    } else if (happens === 4) {
      this.#carry('here', 'there');
    } else if (happens === 5) {
      this.#carry('there', 'here');
    }
    for (const side of ['here', 'there'] as const) {
      if (this[side] !== null) {
        this.#seen[side].add(this[side]);
      }
    }
  }

  #carry(source: 'here' | 'there', target: 'here' | 'there'): void {
    const [from, to] = [this[source], this[target]];
    const last = this.last && source === 'there' ? { from: this.last.to, to: this.last.from } : this.last;
    const move = decide({ from, to, last });
    if (move === 'copy' && to !== null) {
      // Whatever is overwritten unasked had stood on this side too, and was changed here since.
      assert.ok(this.#seen[source].has(to), `${to} was overwritten unseen by ${from}`);
      assert.notEqual(from, to);
    }
    const answered = move === 'ask' && this.#random() < 0.5 ? 'copy' : move;
    if (answered === 'copy') {
      this[target] = from;
    }
    if (this.here !== null && this.there !== null) {
      this.last = { from: this.here, to: this.there };
    }
  }
}

test('whatever people do on both sides, no version is overwritten that the other side never had', () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const world = new World(seed);
    for (let step = 0; step < 120; step += 1) {
      world.step();
    }
  }
});

test('a carry right after a carry has nothing to do', () => {
  const random = numbers(7);
  const version = (): string | null => (random() < 0.2 ? null : `v${Math.floor(random() * 3)}`);
  for (let round = 0; round < 2000; round += 1) {
    const [from, to] = [version(), version()];
    const last = random() < 0.3 ? null : { from: version() ?? 'v0', to: version() ?? 'v0' };
    const move = decide({ from, to, last });
    const landed = move === 'copy' ? from : to;
    const after = from === null || landed === null ? last : { from, to: landed };
    assert.ok(['same', 'keep'].includes(decide({ from, to: landed, last: after })), JSON.stringify({ from, to, last }));
  }
});

test('accents composed in one place and not in the other name one file', () => {
  const [composed, apart] = ['donn\u00e9es.csv', 'donne\u0301es.csv'];
  const [plan] = planFiles([{ path: apart, sha256: 'a' }], [{ path: composed, sha256: 'a' }], () => null);
  assert.deepEqual([plan?.path, plan?.move], [composed, 'same']);
});

test('a copy beside has a name nobody has, its extensions kept', () => {
  const taken = new Set(['data/reads (mine).fastq.gz']);
  assert.equal(
    besideName('data/reads.fastq.gz', 'mine', name => taken.has(name)),
    'data/reads (mine 2).fastq.gz'
  );
  assert.equal(
    besideName('v1.2 final.csv', 'mine', () => false),
    'v1.2 final (mine).csv'
  );
  assert.equal(
    besideName('README', 'mine', () => false),
    'README (mine)'
  );
  const random = numbers(3);
  for (let round = 0; round < 500; round += 1) {
    const path = Array.from({ length: 1 + Math.floor(random() * 12) }, () => 'ab.é /-'[Math.floor(random() * 7)]).join(
      ''
    );
    if (isCarried(path)) {
      const beside = besideName(path, 'x', () => false);
      assert.notEqual(beside, path);
      assert.equal(folderOf(beside), folderOf(path));
    }
  }
});

test('hidden names, bytecode and ways out of the folder are left where they are', () => {
  for (const path of ['.ipynb_checkpoints/a.csv', 'a/../../b', 'm/__pycache__/m.pyc', '', 'a//b', 'x\0y']) {
    assert.equal(isCarried(path), false, path);
  }
  assert.equal(isCarried('données/a b.csv'), true);
});
