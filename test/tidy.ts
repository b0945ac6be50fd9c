import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A file of ours, parsed. */
export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly body: readonly Node[];
  readonly comments: readonly {
    readonly start: number;
    readonly end: number;
    readonly value: string;
  }[];
};

/** A node of the syntax tree: any ESTree node. */
type Node = { readonly type: string; readonly start: number; readonly end: number } & {
  readonly [field: string]: unknown;
};

/** Something that is not as `STYLE.md` says. */
export type Finding = { readonly path: string; readonly line: number; readonly message: string };

/** Which room may import which. What is not listed is forbidden. Drawn in STYLE.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  domain: ['lib'],
  ports: ['lib', 'domain'],
  text: ['lib', 'domain', 'ports'],
  connectors: ['lib', 'domain', 'ports'],
  engine: ['lib', 'domain', 'ports'],
  store: ['lib', 'domain', 'ports'],
  hub: ['lib', 'domain', 'ports', 'engine', 'store'],
  web: ['lib', 'domain', 'ports', 'text', 'engine', 'store', 'hub'],
  cli: ['lib', 'domain', 'ports', 'text', 'engine', 'store', 'hub', 'web'],
  testing: ['lib', 'domain', 'ports', 'engine', 'store', 'hub'],
  app: ['lib', 'domain', 'ports', 'text', 'engine', 'store', 'hub', 'web', 'cli', 'connectors'],
};

/** What makes a run unrepeatable or a sum wrong comes in by ports only. */
const BANNED: readonly {
  readonly rooms: readonly string[];
  readonly pattern: RegExp;
  readonly instead: string;
}[] = [
  {
    rooms: ['domain', 'engine', 'connectors', 'ports', 'text'],
    pattern: /\bDate\.now\(|new Date\(\)/,
    instead: 'the clock you are given',
  },
  {
    rooms: ['domain', 'engine', 'connectors', 'ports', 'text'],
    pattern: /\bMath\.random\(/,
    instead: 'the chance you are given',
  },
  {
    rooms: ['domain', 'connectors', 'engine'],
    pattern: /\bparseFloat\(|\.toFixed\(/,
    instead: 'parseMoney',
  },
  {
    rooms: ['domain', 'engine', 'connectors', 'web', 'store'],
    pattern: /(?<![.\w])fetch\(/,
    instead: 'the Http port',
  },
  {
    rooms: ['engine', 'domain', 'connectors'],
    pattern: /\bsetTimeout\(|\bsetInterval\(/,
    instead: 'the clock',
  },
  {
    rooms: ['domain', 'engine', 'connectors', 'ports', 'text', 'lib'],
    pattern: /\bselect\s.+\sfrom\s|\binsert into\b|\bupdate \w+ set\b/i,
    instead: 'a query in store',
  },
  {
    rooms: ['engine', 'hub', 'web', 'cli', 'app'],
    pattern: /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bpool\.query\b/,
    instead: 'a function of store',
  },
  {
    rooms: Object.keys(MAY_IMPORT),
    pattern: /\b(TODO|FIXME|XXX)\b/,
    instead: 'an issue, or do it now',
  },
  {
    rooms: Object.keys(MAY_IMPORT),
    pattern: /@ts-(ignore|expect-error|nocheck)/,
    instead: 'a type',
  },
];

const FUNCTION_LINES_MAX = 70;
const FILE_LINES_MAX = 400;
const COLUMNS_MAX = 100;
const PARAMETERS_MAX = 3;

/** Every TypeScript file below a folder, pages with their markup too. */
export function readTree(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules'))
    .sort()
    .map((name) => parseFile(join(root, name)));
}

export function parseFile(path: string, text = readFileSync(path, 'utf8')): SourceFile {
  const { program, comments } = parseSync(path, text);
  return { path, text, body: program.body as unknown as Node[], comments };
}

/** Imports that go against `MAY_IMPORT`, from one connector into another, or out of a simulator. */
export function checkImports(file: SourceFile): Finding[] {
  const [from, fromFolder] = place(file.path);
  const isTest = isForTests(file);
  return imports(file).flatMap(({ target, line }): Finding[] => {
    const [to, toFolder] = place(target);
    const sameRoom = from === to && (from !== 'connectors' || fromFolder === toFolder);
    const allowed = MAY_IMPORT[from]?.includes(to) ?? false;
    const findings: Finding[] = [];
    if (!sameRoom && !allowed && !isTest) {
      findings.push({ path: file.path, line, message: `${from} may not import ${target}` });
    }
    if (/\/simulator\//.test(file.path) && to === 'connectors' && !/\/simulator\//.test(target)) {
      findings.push({ path: file.path, line, message: 'a simulator knows the wire, not our code' });
    }
    return findings;
  });
}

export function checkBanned(file: SourceFile): Finding[] {
  // A simulator is an outside system: it has a clock of its own, made in `lib/stand-in`.
  if (isForTests(file) || /\/(simulator|stand-in)\//.test(file.path)) return [];
  const [room] = place(file.path);
  return BANNED.filter((ban) => ban.rooms.includes(room)).flatMap((ban) =>
    codeLines(file).flatMap(([text, i]) =>
      ban.pattern.test(text)
        ? [{ path: file.path, line: i + 1, message: `use ${ban.instead}: ${text.trim()}` }]
        : [],
    ),
  );
}

export function checkSizes(file: SourceFile): Finding[] {
  const { path } = file;
  const lines = file.text.split('\n');
  const findings = lines.flatMap((text, i): Finding[] =>
    text.length > COLUMNS_MAX ? [{ path, line: i + 1, message: `${text.length} columns` }] : [],
  );
  if (isForTests(file)) return findings;
  if (lines.length > FILE_LINES_MAX) {
    findings.push({ path, line: 1, message: `${lines.length} lines in one file` });
  }
  visit(file.body, (node) => {
    if (!FUNCTIONS.has(node.type) || node['body'] === null) return;
    const line = lineOf(file, node.start);
    const length = lineOf(file, node.end) - line + 1;
    if (length > FUNCTION_LINES_MAX) {
      findings.push({ path, line, message: `${length} lines in one function` });
    }
    const parameters = Array.isArray(node['params']) ? node['params'].length : 0;
    if (parameters > PARAMETERS_MAX) {
      findings.push({ path, line, message: `${parameters} parameters: take an options object` });
    }
  });
  return findings;
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

/** Places where the compiler stopped looking, and constructs that need a compiler to run. */
export function checkTypes(file: SourceFile): Finding[] {
  if (isForTests(file)) return [];
  const findings: Finding[] = [];
  visit(file.body, (node) => {
    const message = LOOKED_AWAY[node.type];
    const line = lineOf(file, node.start);
    if (message !== undefined) findings.push({ path: file.path, line, message });
  });
  return findings;
}

const LOOKED_AWAY: Readonly<Record<string, string>> = {
  TSAnyKeyword: 'any',
  TSNonNullExpression: 'non-null `!`',
  TSEnumDeclaration: 'enum',
  TSModuleDeclaration: 'namespace',
  ExportDefaultDeclaration: 'default export',
};

/** An uncommented type of the domain or a port leaves its unit, sign or law to be guessed. */
export function checkDocs(file: SourceFile): Finding[] {
  if (!['domain', 'ports'].includes(place(file.path)[0]) || isForTests(file)) return [];
  return file.body.flatMap((statement) => {
    const declared = statement['declaration'] as Node | null | undefined;
    if (statement.type !== 'ExportNamedDeclaration' || !declared) return [];
    if (!['TSTypeAliasDeclaration', 'TSInterfaceDeclaration'].includes(declared.type)) return [];
    const before = file.text.slice(0, statement.start).trimEnd();
    const isDocumented = file.comments.some(
      (comment) => comment.end === before.length && comment.value.startsWith('*'),
    );
    if (isDocumented) return [];
    const { name } = declared['id'] as { name: string };
    const line = lineOf(file, statement.start);
    return [{ path: file.path, line, message: `${name} has no doc comment` }];
  });
}

/** Groups of files that import each other in a ring. Type imports count: they tie readers too. */
export function findCycles(files: readonly SourceFile[]): string[][] {
  const graph = new Map(files.map((f) => [f.path, imports(f).map(({ target }) => target)]));
  const cycles: string[][] = [];
  const state = new Map<string, 'open' | 'closed'>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'open') cycles.push([...trail.slice(trail.indexOf(path)), path]);
    if (state.has(path)) return;
    state.set(path, 'open');
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    state.set(path, 'closed');
  };
  for (const path of graph.keys()) walk(path, []);
  return cycles;
}

/** Titles that stand twice in one file: the second test hides behind the first. */
export function checkTitles(file: SourceFile): Finding[] {
  if (!file.path.endsWith('.test.ts')) return [];
  const seen = new Set<string>();
  const findings: Finding[] = [];
  let group = '';
  visit(file.body, (node) => {
    if (node.type !== 'CallExpression') return;
    const callee = (node['callee'] as { name?: string }).name;
    const [title] = node['arguments'] as { value?: unknown }[];
    if (typeof title?.value !== 'string') return;
    if (callee === 'describe') group = title.value;
    if (callee !== 'test') return;
    const whole = `${group}: ${title.value}`;
    const line = lineOf(file, node.start);
    if (seen.has(whole)) findings.push({ path: file.path, line, message: `again: ${title.value}` });
    seen.add(whole);
  });
  return findings;
}

/** Words that must stand nowhere in the project: machines and places it was made at. */
export function checkPlaces(path: string, text: string): Finding[] {
  return text.split('\n').flatMap((line, i) => {
    const found = /\/work\/|\/root\/|registry\.npmjs\.org|\.\.\/shared\/(?!data|specs)/.exec(line);
    return found === null ? [] : [{ path, line: i + 1, message: `says ${found[0]}` }];
  });
}

function imports(file: SourceFile): { readonly target: string; readonly line: number }[] {
  return file.body.flatMap((statement) => {
    const source = statement['source'] as { value?: unknown } | null | undefined;
    const specifier = source?.value;
    if (typeof specifier !== 'string' || !specifier.startsWith('.')) return [];
    const target = normalize(join(dirname(file.path), specifier));
    return [{ target, line: lineOf(file, statement.start) }];
  });
}

/** Lines with their comments blanked: a comment may speak of what code may not do. */
function codeLines(file: SourceFile): (readonly [string, number])[] {
  let text = file.text;
  for (const { start, end } of file.comments) {
    const blank = text.slice(start, end).replace(/[^\n]/g, ' ');
    text = text.slice(0, start) + blank + text.slice(end);
  }
  return text.split('\n').map((line, i) => [line, i] as const);
}

/** `src/connectors/fortnox/mapping.ts` → room `connectors`, folder `fortnox`. */
function place(path: string): [room: string, folder: string] {
  const [, room = '', folder = ''] = path.split('/');
  return [room, folder];
}

function isForTests(file: SourceFile): boolean {
  return /\.test\.ts$|-for-test\.ts$|\/contract\.ts$|\/testing\/|\/test-client\.ts$/.test(
    file.path,
  );
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, look);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') look(value as Node);
  for (const inner of Object.values(value)) visit(inner, look);
}

function lineOf(file: SourceFile, position: number): number {
  return file.text.slice(0, position).split('\n').length;
}
