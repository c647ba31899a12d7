import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { heavyIn, packagesIn, readClusterSide } from '../../src/bridge/limits/course.ts';
import { canImport } from '../../src/bridge/limits/modules.ts';
import { pathFrom, PROGRAM, type Raised, recogniseError, refusedProgram } from '../../src/bridge/limits/recognise.ts';

const HOUSE = '../../../../lite_site/environment';
const side = { heavy: ['data/reads.fastq.gz'], packages: new Set(['pysam', 'scikit-learn', 'python-dateutil']) };
const meet = (ename: string, evalue: string, folder = '') => recogniseError({ ename, evalue }, folder, side);

test('memory, in every way Python and the browser say it', () => {
  const said: Raised[] = [
    { ename: 'MemoryError', evalue: '' },
    { ename: '_ArrayMemoryError', evalue: 'Unable to allocate 30.0 GiB for an array with shape (…)' },
    { ename: 'JsException', evalue: 'RangeError: Array buffer allocation failed' },
    { ename: 'RuntimeError', evalue: 'RangeError: WebAssembly.Memory.grow(): Maximum memory size exceeded' }
  ];
  for (const { ename, evalue } of said) {
    assert.equal(meet(ename, evalue)?.kind, 'memory', evalue);
  }
  assert.equal(meet('RuntimeError', 'Pyodide already fatally failed and can no longer be used.')?.kind, 'died');
});

test('a module is offered where the cluster has its package, by whatever name', () => {
  const missing = (name: string) => meet('ModuleNotFoundError', `No module named '${name}'`);
  assert.deepEqual(missing('pysam.libc'), { kind: 'module', subject: 'pysam', onCluster: true });
  assert.equal(missing('sklearn')?.onCluster, true);
  assert.equal(missing('dateutil')?.onCluster, true);
  assert.equal(missing('resource')?.onCluster, true);
  assert.equal(missing('nunpy')?.onCluster, false);
  const nowhere = { ...side, packages: null };
  assert.equal(recogniseError({ ename: 'ModuleNotFoundError', evalue: "No module named 'x'" }, '', nowhere), null);
});

test('the table of modules is the build’s', () => {
  const table = readFileSync(new URL(`${HOUSE}/server/data/modules.txt`, import.meta.url), 'utf-8');
  for (const line of table.split('\n').filter(text => text !== '' && !text.startsWith('#'))) {
    const [module = '', brought = ''] = line.split(' ');
    assert.ok(canImport(module, new Set([...packagesIn(`${brought}==1 \\\n`)])), line);
  }
});

test('a heavy file is known by its path from the lesson, or its name', () => {
  const missing = (path: string, folder = '') =>
    meet('FileNotFoundError', `[Errno 44] No such file or directory: '${path}'`, folder)?.subject;
  assert.equal(missing('data/reads.fastq.gz'), 'data/reads.fastq.gz');
  assert.equal(missing('../data/./reads.fastq.gz', 'td 2'), 'data/reads.fastq.gz');
  assert.equal(missing('/drive/data/reads.fastq.gz', 'td 2'), 'data/reads.fastq.gz');
  assert.equal(missing('/scratch/course/reads.fastq.gz'), 'data/reads.fastq.gz');
  assert.equal(missing('data/other.csv'), undefined);
  assert.equal(meet('FileNotFoundError', 'data/reads.fastq.gz not found.')?.kind, 'file');
  assert.equal(pathFrom('a', '../../x'), 'x');
});

test('the kernel’s own sentence for a program is recognised as it is written there', () => {
  const source = readFileSync(
    new URL(`${HOUSE}/browser_package/passerelle_browser/sentences.py`, import.meta.url),
    'utf-8'
  );
  const entry = /"program": \{([\s\S]*?)\n {4}\},/.exec(source)?.[1] ?? '';
  const sentences = [...entry.matchAll(/"(?:fr|en)": ((?:"(?:[^"\\]|\\.)*"\s*)+)/g)].map(([, literals = '']) =>
    [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => JSON.parse(`"${part}"`) as string).join('')
  );
  assert.equal(sentences.length, 2);
  for (const sentence of sentences) {
    const said = sentence.replace('{subject}', 'bowtie2 -x lambda « reads.fq »');
    assert.match(said, PROGRAM);
    assert.equal(refusedProgram(`before\n${said}\n`), 'bowtie2 -x lambda « reads.fq »');
    assert.deepEqual(meet('NoProgramsError', said), {
      kind: 'program',
      subject: 'bowtie2 -x lambda « reads.fq »',
      onCluster: true
    });
  }
});

test('mistakes of the pupil’s own are no limits', () => {
  for (const [ename, evalue] of [
    ['NameError', "name 'x' is not defined"],
    ['ValueError', 'bowtie2'],
    ['OSError', '']
  ] as const) {
    assert.equal(meet(ename, evalue), null);
  }
});

test('the cluster’s side is read from course.json and its requirements; silence counts as nothing', async () => {
  const files: Record<string, unknown> = {
    'course.json': {
      heavy_files: [{ path: 'data/e\u0301.gz', bytes: 1 }, 3],
      environment: { requirements: 'environment/r.txt' }
    },
    'environment/r.txt': '# made\nPySam==0.22 \\\n    --hash=sha256:ab\n    # needed by x==1\nzope.interface[test]==6\n'
  };
  const fetched = (address: string) => {
    const body = files[address.slice('https://s/c/'.length)];
    return Promise.resolve(
      body === undefined
        ? new Response('', { status: 404 })
        : new Response(typeof body === 'string' ? body : JSON.stringify(body))
    );
  };
  const read = await readClusterSide('https://s/c/', fetched);
  assert.deepEqual(read.heavy, ['data/\u00e9.gz']);
  assert.deepEqual([...(read.packages ?? [])], ['pysam', 'zope-interface']);
  const silent = await readClusterSide('https://s/c/', () => Promise.reject(new TypeError('Failed to fetch')));
  assert.deepEqual(silent, { heavy: [], packages: null });
  assert.deepEqual(heavyIn(null), []);
});
