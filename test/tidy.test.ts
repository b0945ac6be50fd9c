import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  checkBanned,
  checkDocs,
  checkImports,
  checkPlaces,
  checkSizes,
  checkTitles,
  checkTypes,
  findCycles,
  parseFile,
  readTree,
  type Finding,
} from './tidy.ts';

const files = readTree('src');
const pages = readTree('ui/src');
const all = [...files, ...readTree('test'), ...readTree('scripts'), ...readTree('bench')];

function expectNone(findings: readonly Finding[]): void {
  assert.equal(findings.map((f) => `${f.path}:${f.line}: ${f.message}`).join('\n'), '');
}

describe('the source tree', () => {
  test('imports only along the arrows', () => expectNone(files.flatMap(checkImports)));
  test('takes time, chance, network and sums from where they belong', () =>
    expectNone(files.flatMap(checkBanned)));
  test('keeps functions and files within sight', () => expectNone(files.flatMap(checkSizes)));
  test('keeps pages within sight', () => expectNone(pages.flatMap(checkSizes)));
  test('never looks away from a type', () => expectNone(files.flatMap(checkTypes)));
  test('says what its types mean', () => expectNone(files.flatMap(checkDocs)));
  test('has no ring of imports', () => assert.deepEqual(findCycles(files), []));
  test('gives no two tests of a group the same name', () => expectNone(all.flatMap(checkTitles)));

  test('names no machine and no registry', () => {
    const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n');
    const texts = tracked.filter((path) =>
      /\.(ts|js|json|md|sql|ya?ml|csv|xml)$|^\.|LICENSE/.test(path),
    );
    const own = texts.filter((path) => path !== 'test/tidy.ts');
    expectNone(own.flatMap((path) => checkPlaces(path, readFileSync(path, 'utf8'))));
  });

  test('has a note for each runtime dependency', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const note = readFileSync('docs/decisions/0010-dependencies.md', 'utf8');
    const missing = Object.keys(dependencies).filter((name) => !note.includes(`\`${name}\``));
    assert.deepEqual(missing, []);
  });
});

describe('tidy itself', () => {
  test('sees the domain reaching for the store', () => {
    const file = parseFile('src/domain/money.ts', "import { openDb } from '../store/db.ts';");
    assert.match(checkImports(file)[0]?.message ?? '', /domain may not import src\/store/);
  });

  test('sees one connector reaching into another', () => {
    const file = parseFile('src/connectors/fiken/a.ts', "import { x } from '../fortnox/b.ts';");
    assert.equal(checkImports(file).length, 1);
  });

  test('sees a simulator that borrows our mapping', () => {
    const path = 'src/connectors/fiken/simulator/server.ts';
    const file = parseFile(path, "import { x } from '../mapping.ts';");
    assert.match(checkImports(file)[0]?.message ?? '', /simulator/);
  });

  test('sees the clock in the domain, and not in a comment', () => {
    assert.equal(checkBanned(parseFile('src/domain/a.ts', 'const t = Date.now();')).length, 1);
    assert.equal(checkBanned(parseFile('src/domain/a.ts', '// Date.now() is banned')).length, 0);
  });

  test('sees SQL outside the store', () => {
    const file = parseFile('src/engine/a.ts', "const q = 'select id from delivery';");
    assert.equal(checkBanned(file).length, 1);
  });

  test('sees a long function, many parameters and a long line', () => {
    const long = `function a() {\n${'  b();\n'.repeat(70)}}`;
    assert.match(checkSizes(parseFile('src/lib/a.ts', long))[0]?.message ?? '', /72 lines/);
    const many = 'const f = (a, b, c, d) => a;';
    assert.match(checkSizes(parseFile('src/lib/a.ts', many))[0]?.message ?? '', /4 parameters/);
    const wide = `const a = '${'x'.repeat(100)}';`;
    assert.match(checkSizes(parseFile('src/lib/a.ts', wide))[0]?.message ?? '', /columns/);
  });

  test('sees any, !, enums and default exports', () => {
    const text = 'let a: any; a!.b; enum E { A } export default a;';
    const messages = checkTypes(parseFile('src/lib/a.ts', text)).map((f) => f.message);
    assert.deepEqual(messages, ['any', 'non-null `!`', 'enum', 'default export']);
  });

  test('sees a type of the domain without a doc comment', () => {
    const bare = parseFile('src/domain/a.ts', 'export type A = string;');
    assert.match(checkDocs(bare)[0]?.message ?? '', /A has no doc comment/);
    const told = parseFile('src/domain/a.ts', '/** What it is. */\nexport type A = string;');
    assert.deepEqual(checkDocs(told), []);
  });

  test('sees a ring', () => {
    const a = parseFile('src/lib/a.ts', "import './b.ts';");
    const b = parseFile('src/lib/b.ts', "import './a.ts';");
    assert.equal(findCycles([a, b]).length, 1);
  });

  test('sees a test that hides behind another', () => {
    const text = "test('adds', () => 1); test('adds', () => 2);";
    assert.equal(checkTitles(parseFile('src/lib/a.test.ts', text)).length, 1);
  });
});
