import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { SaxesParser } from 'saxes';
import {
  checkBanned,
  checkDocs,
  checkImports,
  checkSizes,
  checkTitles,
  checkTypes,
  findCycles,
  parseFile,
  readTree,
} from '../test/tidy.ts';
import { KINDS, type Kind } from './new-connector/scaffold.ts';

const HERE = join(import.meta.dirname, '..');
const SCRIPT = join(import.meta.dirname, 'new-connector.ts');
const COPIED = ['src', 'bin', 'package.json', 'tsconfig.json', '.oxfmtrc.json', '.oxlintrc.json'];

/** Which tests of the shared suites fail as long as nothing is written, by the part they are of. */
const FAILING = JSON.parse(
  readFileSync(join(import.meta.dirname, 'new-connector/failing-at-first.json'), 'utf8'),
) as Readonly<Record<string, readonly string[]>>;

const PARTS: Readonly<Record<Kind, readonly string[]>> = {
  source: ['definition', 'files'],
  target: ['definition', 'target'],
  both: ['definition', 'files', 'target'],
};

let root = '';

type Ran = { readonly status: number | null; readonly out: string; readonly err: string };

/** Runs a program on a copy of the hub's code. */
function run(args: readonly string[]): Ran {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env; // Else the tests in there count as ours.
  const ran = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });
  return { status: ran.status, out: ran.stdout, err: ran.stderr };
}

function newConnector(...args: readonly string[]): Ran {
  return run([SCRIPT, '--into', root, ...args]);
}

before(() => {
  root = mkdtempSync(join(tmpdir(), 'new-connector-'));
  for (const name of COPIED) cpSync(join(HERE, name), join(root, name), { recursive: true });
  symlinkSync(join(HERE, 'node_modules'), join(root, 'node_modules'), 'junction');
  for (const kind of KINDS) {
    const made = newConnector(
      `demo-${kind}`,
      '--kind',
      kind,
      '--name',
      `Åbäke & ${kind}`.padEnd(40, 'x'),
    );
    assert.deepEqual([made.status, made.err], [0, ''], kind);
  }
});

after(() => rmSync(root, { recursive: true, force: true }));

describe('a new connector', () => {
  test('compiles', () => {
    const { status, out } = run([join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit']);
    assert.deepEqual([status, out], [0, '']);
  });

  test('keeps to the style, the rooms and the layout', () => {
    for (const kind of KINDS) {
      const folder = `src/connectors/demo-${kind}`;
      const files = readTree(join(root, folder)).map(({ path, text }) =>
        parseFile(join(folder, path.slice(join(root, folder).length)), text),
      );
      const checks = [checkBanned, checkDocs, checkImports, checkSizes, checkTitles, checkTypes];
      assert.deepEqual(
        checks.flatMap((check) => files.flatMap(check)),
        [],
      );
      assert.deepEqual(findCycles(files), []);
      const bin = (name: string) => join('node_modules', name, 'bin', name);
      assert.deepEqual(run([bin('oxfmt'), '--check', folder]).status, 0);
      assert.deepEqual(run([bin('oxlint'), folder]).status, 0);
    }
  });

  test('can be chosen at once', () => {
    const { status, out } = run([join('bin', 'bokbro.js'), 'connect', '--help']);
    assert.equal(status, 0);
    for (const kind of KINDS) assert.match(out, new RegExp(`\\bdemo-${kind}\\b`));
    assert.match(out, /\bfortnox\b/);
  });

  test('fails the tests of what is not written, and each says what to write', () => {
    const suite = join('src', 'connectors', 'contract.test.ts');
    const { out } = run(['--test', '--test-reporter=junit', '--test-name-pattern=^demo-', suite]);
    const failed = failures(out);
    for (const kind of KINDS) {
      for (const part of PARTS[kind]) {
        const own = failed.filter((one) => one.suite === `demo-${kind}: ${part}`);
        const titles = own.map((one) => one.title).sort();
        assert.deepEqual(titles, FAILING[part], `failing-at-first.json is what ${part} fails`);
        for (const { title, says } of own) assert.match(says, /\bWRITE: /, title);
      }
    }
    const parts = KINDS.flatMap((kind) => PARTS[kind]);
    assert.equal(
      failed.length,
      parts.reduce((sum, part) => sum + (FAILING[part]?.length ?? 0), 0),
    );
  });
});

describe('new-connector', () => {
  const registry = () => readFileSync(join(root, 'src/app/connectors.ts'), 'utf8');

  test('adds its one line where the alphabet puts it', () => {
    const lines = registry().split('\n');
    const ids = lines.flatMap((line) => /connectors\/(.+)\/connector\.ts/.exec(line)?.[1] ?? []);
    assert.deepEqual(ids.slice(0, 4), ['camt053', 'demo-both', 'demo-source', 'demo-target']);
    assert.deepEqual(ids, ids.toSorted());
  });

  for (const [what, args, says] of [
    ['an id that there is', ['fortnox'], /There is a connector fortnox already\./],
    ['an id of capitals', ['MyTill'], /“MyTill” cannot be an id/],
    ['an id that leads elsewhere', ['../till'], /cannot be an id/],
    ['no id', [], /Give an id\./],
    ['two ids', ['till', 'shop'], /One id at a time; what is shop\?/],
    ['a kind that there is not', ['till', '--kind', 'sink'], /and not “sink”/],
    ['a name that ends a comment', ['till', '--name', '*/'], /--name is made of/],
    ['an option that there is not', ['till', '--force'], /'--force'/],
  ] as const) {
    test(`refuses ${what}, and changes nothing`, () => {
      const before_ = registry();
      const folders = readdirSync(join(root, 'src/connectors'));
      const { status, err } = newConnector(...args);
      assert.equal(status, 2);
      assert.match(err, says);
      assert.equal(registry(), before_);
      assert.deepEqual(readdirSync(join(root, 'src/connectors')), folders);
    });
  }

  test('refuses a registry that it does not know its way in', () => {
    const kept = registry();
    writeFileSync(join(root, 'src/app/connectors.ts'), 'export const CONNECTORS = new Map();\n');
    const { status, err } = newConnector('till');
    writeFileSync(join(root, 'src/app/connectors.ts'), kept);
    assert.equal(status, 2);
    assert.match(err, /does not list connectors/);
    assert.ok(!existsSync(join(root, 'src/connectors/till')));
  });

  test('tells how it is used', () => {
    const { status, out } = newConnector('--help');
    assert.equal(status, 0);
    assert.match(out, /usage: .*new-connector/);
    assert.match(out, /--kind source\|target\|both/);
  });
});

type FailedTest = { readonly suite: string; readonly title: string; readonly says: string };

/** The failing tests of a report in the format of JUnit. */
function failures(report: string): readonly FailedTest[] {
  const failed: FailedTest[] = [];
  const suites: string[] = [];
  let title = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'testsuite') suites.push(String(attributes['name']));
    if (name === 'testcase') title = String(attributes['name']);
    if (name !== 'failure') return;
    failed.push({ suite: suites.at(-1) ?? '', title, says: String(attributes['message']) });
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'testsuite') suites.pop();
  });
  parser.write(report).close();
  return failed;
}
