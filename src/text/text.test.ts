import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Language } from '../domain/posting/words.ts';
import { NOTICES, PROBLEMS, REFUSALS } from '../testing/reasons.ts';
import { describeNotice } from './notices.ts';
import { describeProblem } from './problems.ts';
import { refusalsEn } from './refusals-en.ts';
import { refusalsNb } from './refusals-nb.ts';
import { refusalsSv } from './refusals-sv.ts';
import { describeRefusal } from './refusals.ts';

const LANGUAGES: readonly Language[] = ['sv', 'nb', 'en'];

/** Every reason, and its sentence in a language. */
const REASONS: readonly {
  readonly code: string;
  readonly facts: readonly unknown[];
  readonly say: (language: Language) => string;
}[] = [
  ...Object.values(REFUSALS).map(({ refusal }) => ({
    code: refusal.code,
    facts: Object.entries(refusal).filter(([name]) => {
      return !['code', 'total', 'key', 'as', 'need', 'why', 'setting'].includes(name);
    }),
    say: (language: Language) => describeRefusal(refusal, language),
  })),
  ...Object.values(PROBLEMS).map((problem) => ({
    code: problem.code,
    facts: Object.entries(problem.facts),
    say: (language: Language) => describeProblem(problem, language),
  })),
  ...Object.values(NOTICES).map((notice) => ({
    code: notice.code,
    facts: Object.entries(notice).filter(([name]) => {
      return !['code', 'store', 'fields', 'why'].includes(name);
    }),
    say: (language: Language) => describeNotice(notice, language),
  })),
];

/** A fact as it may stand in a sentence, letters and digits only. */
function shown(fact: unknown): string[] {
  if (Array.isArray(fact)) return fact.flatMap((one) => shown(one));
  if (typeof fact === 'number') return [String(fact), String(fact / 100)].map(bare);
  if (typeof fact === 'object' && fact !== null && 'minor' in fact) {
    return [bare(String(fact.minor))];
  }
  if (typeof fact === 'object' && fact !== null) return shown(Object.values(fact));
  return [bare(String(fact))];
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

describe('every reason', () => {
  for (const language of LANGUAGES) {
    test(`has a whole sentence in ${language}`, () => {
      for (const { code, say } of REASONS) {
        const text = say(language);
        assert.match(text, /\p{L}.*[.…]$/su, `${code}: ${text}`);
        assert.doesNotMatch(text, /undefined|null|NaN|\[object|\$\{|  |“”|””|«»|\(\)/, code);
      }
    });

    test(`tells all its facts in ${language}`, () => {
      for (const { code, facts, say } of REASONS) {
        const text = bare(say(language));
        for (const [name, fact] of facts as readonly [string, unknown][]) {
          const isTold = shown(fact).some((one) => text.includes(one));
          assert.ok(isTold, `${code} does not tell ${name}: ${say(language)}`);
        }
      }
    });
  }

  test('is said otherwise in each language', () => {
    for (const { code, say } of REASONS) {
      assert.equal(new Set(LANGUAGES.map(say)).size, 3, code);
    }
  });

  test('has one name, whatever it is: a reader finds it in docs/errors.md', () => {
    const codes = REASONS.map(({ code }) => code);
    assert.equal(new Set(codes).size, codes.length);
  });

  test('is given by something', () => {
    const code = sources()
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const orphans = REASONS.filter((reason) => !code.includes(`'${reason.code}'`));
    assert.deepEqual(
      orphans.map((reason) => reason.code),
      [],
    );
  });
});

describe('the catalogue', () => {
  test('has no sentence that belongs to no reason', () => {
    for (const texts of [refusalsSv, refusalsNb, refusalsEn]) {
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(REFUSALS).sort());
    }
  });

  test('groups thousands and writes the decimal mark of its language', () => {
    const { refusal } = REFUSALS['report-revised'];
    assert.match(describeRefusal(refusal, 'sv'), /1\u00a0250,00/);
    assert.match(describeRefusal(refusal, 'nb'), /1\u00a0250,00/);
    assert.match(describeRefusal(refusal, 'en'), /1\u00a0250\.00/);
  });
});

/** What gives reasons: not the types that list them, nor their texts. */
/** Where codes are named and nothing gives them. */
const NAMES_ONLY = /\.test\.ts$|\/refusal\.ts$|\/ports\/source\.ts$|simulator/;

function sources(): string[] {
  const root = join(import.meta.dirname, '..');
  const rooms = ['domain', 'ports', 'engine', 'connectors', 'hub', 'store', 'cli'];
  return rooms
    .flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(root, room, name),
      ),
    )
    .filter((path) => path.endsWith('.ts') && !NAMES_ONLY.test(path));
}
