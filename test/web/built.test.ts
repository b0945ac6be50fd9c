import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { en } from '../../ui/src/text/en.ts';
import { nb } from '../../ui/src/text/nb.ts';
import { sv } from '../../ui/src/text/sv.ts';
import { builtPages } from './built.ts';

/** What a phone on a train waits for before anything is shown. */
const FIRST_LOAD_GZIP_MAX = 250_000;

describe('the built web app', () => {
  let folder: string;
  before(() => {
    folder = builtPages();
  });

  /** A script and every one that it cannot do without. */
  function withImports(path: string, found: Set<string> = new Set()): Set<string> {
    if (found.has(path)) return found;
    found.add(path);
    const text = readFileSync(join(folder, path), 'utf8');
    const imports = text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g);
    for (const [, name = ''] of imports) withImports(`assets/${name}`, found);
    return found;
  }

  /** gzipped bytes of the scripts that the first page needs, and of the languages and pages. */
  function firstLoad(): number {
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    const entries = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
    const scripts = new Set<string>();
    for (const [, path = ''] of entries) withImports(path, scripts);
    assert.ok(scripts.size >= 1);
    // The shell, one page and one language come besides.
    for (const lazy of ['shell', 'firm', 'sv']) {
      const named = new RegExp(`assets/${lazy}-[\\w-]+\\.js`).exec(
        [...scripts].map((path) => readFileSync(join(folder, path), 'utf8')).join('\n'),
      );
      if (named !== null) withImports(named[0], scripts);
    }
    return [...scripts].reduce((sum, path) => {
      return sum + gzipSync(readFileSync(join(folder, path))).byteLength;
    }, 0);
  }

  test('loads little before the first page', (t) => {
    const bytes = firstLoad();
    t.diagnostic(`${Math.round(bytes / 1_000)} kB of JavaScript, gzipped, for the first page`);
    assert.ok(bytes > 50_000, `${bytes} bytes were found at all`);
    assert.ok(bytes <= FIRST_LOAD_GZIP_MAX, `${bytes} bytes`);
  });

  test('runs no script that is not a file of its own', () => {
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)/);
    assert.doesNotMatch(html, /https?:\/\/(?!www\.w3\.org)/);
  });
});

describe('texts of the web app', () => {
  type Groups = Readonly<Record<string, Readonly<Record<string, string>>>>;
  const swedish: Groups = sv;

  for (const [name, texts] of [
    ['nb', nb],
    ['en', en],
  ] as const) {
    test(`${name} says everything that sv says, with the same figures in it`, () => {
      const others: Groups = texts;
      for (const [group, keys] of Object.entries(swedish)) {
        assert.deepEqual(Object.keys(others[group] ?? {}), Object.keys(keys), group);
        for (const [key, text] of Object.entries(keys)) {
          const other = others[group]?.[key] ?? '';
          assert.notEqual(other.trim(), '', `${group}.${key}`);
          const figures = (of: string) => [...of.matchAll(/\{\{\w+\}\}/g)].map(String).sort();
          assert.deepEqual(figures(other), figures(text), `${group}.${key}`);
        }
      }
    });
  }
});
