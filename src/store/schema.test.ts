import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { parseSync } from 'oxc-parser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/** What a column can hold, by its type as it is written in `schema.ts`. */
const KINDS: readonly (readonly [written: RegExp, kinds: readonly string[]])[] = [
  [/^Id$/, ['bigint']],
  [/^Generated<string>$/, ['bigint', 'text']],
  [/^(Time|Date)$/, ['timestamp with time zone']],
  [/^Json(Column|Default)$|^Json$/, ['jsonb']],
  [/^Buffer$/, ['bytea']],
  [/^(number|Generated<number>)$/, ['integer']],
  [/^(Generated<boolean>|boolean)$/, ['boolean']],
  [/^string\[\]$/, ['bigint[]', 'text[]']],
  [/^string$/, ['text', 'bigint', 'date']],
  [/^(Generated<)?'.*'>?$|^(Generated<)?DeliveryState>?$/, ['text']],
];

/** A column as the query builder sees it. */
type Written = { readonly kinds: readonly string[]; isNull: boolean; mayBeLeftOut: boolean };

function readType(written: string): Written {
  const text = written === 'JsonOrNull' ? 'ColumnType<Json | null, string | null, …>' : written;
  const [, selected = text, inserted = ''] = /^ColumnType<(.*?), (.*?), .*>$/.exec(text) ?? [];
  const isNull = selected.endsWith(' | null');
  const bare = selected.replace(/ \| null$/, '');
  const found = KINDS.find(([pattern]) => pattern.test(bare));
  assert.ok(found, `a kind for ${text}`);
  const isGenerated = /^(Id|Time|JsonDefault|Generated<.*)$/.test(bare);
  const mayBeLeftOut = isNull || isGenerated || inserted.includes('undefined');
  return { kinds: found[1], isNull, mayBeLeftOut };
}

/** A node of the syntax tree, as far as it is looked at here. */
type Node = {
  readonly start: number;
  readonly end: number;
  readonly type?: string;
  readonly name?: string;
  readonly id?: Node;
  readonly key?: Node;
  readonly declaration?: Node | null;
  readonly typeAnnotation?: Node;
  readonly members?: readonly Node[];
};

/** What one of the files takes from another stands in the text already. */
const IMPORT = /^import [^;]*;/gm;

/** The columns of each table of the type `Schema`. */
function writtenTables(): Map<string, Map<string, Written>> {
  const path = join(import.meta.dirname, 'schema.ts');
  const others = [
    'schema-people.ts',
    'schema-flows.ts',
    'schema-pushes.ts',
    'schema-stock.ts',
    'schema-sources.ts',
    'schema-webhooks.ts',
    'schema-firm.ts',
    'pickup-rows.ts',
  ];
  const files = [path, ...others.map((name) => join(import.meta.dirname, name))];
  const text = files.map((file) => readFileSync(file, 'utf8').replaceAll(IMPORT, '')).join('\n');
  const types = new Map<string, Node | undefined>();
  for (const statement of parseSync(path, text).program.body as unknown as Node[]) {
    const declared = statement.declaration ?? statement;
    if (declared.type === 'TSTypeAliasDeclaration') {
      types.set(declared.id?.name ?? '', declared.typeAnnotation);
    }
  }
  const sliced = (node: Node | undefined): string =>
    text.slice(node?.start, node?.end).replace(/\s+/g, ' ').replace(/^\| /, '');
  const members = (literal: Node | undefined): (readonly [string, Node | undefined])[] =>
    (literal?.members ?? []).map((member) => [
      member.key?.name ?? '',
      member.typeAnnotation?.typeAnnotation,
    ]);
  return new Map(
    members(types.get('Schema')).map(([name, type]) => {
      const columnsOf = members(types.get(sliced(type)) ?? type);
      return [name, new Map(columnsOf.map(([key, of]) => [key, readType(sliced(of))]))];
    }),
  );
}

type Column = {
  readonly table: string;
  readonly name: string;
  readonly kind: string;
  readonly is_null: boolean;
  readonly has_default: boolean;
};

let server: TestServer;
let columns: readonly Column[];
before(async () => {
  server = await startTestServer();
  const { rows } = await sql<Column>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, null) as kind,
           not a.attnotnull as is_null, a.atthasdef or a.attidentity <> '' as has_default
      from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
       and not a.attisdropped and c.relname not like 'kysely%'
  `.execute((await server.newDatabase()).db);
  columns = rows;
});
after(() => server.stop());

describe('the type Schema', () => {
  const written = writtenTables();

  test('names every table and column of the database, and no other', () => {
    const inType = [...written].flatMap(([table, of]) =>
      [...of.keys()].map((name) => `${table}.${name}`),
    );
    const inDatabase = columns.map(({ table, name }) => `${table}.${name}`);
    assert.deepEqual(inType.sort(), inDatabase.sort());
  });

  test('gives each column the type, and null only where it can be null', () => {
    for (const { table, name, kind, is_null, has_default } of columns) {
      const type = written.get(table)?.get(name);
      assert.ok(type, `${table}.${name}`);
      assert.ok(type.kinds.includes(kind), `${table}.${name} is ${kind}`);
      assert.equal(type.isNull, is_null, `${table}.${name} can be null: ${is_null}`);
      if (type.mayBeLeftOut) assert.ok(is_null || has_default, `${table}.${name} has a default`);
    }
  });
});
