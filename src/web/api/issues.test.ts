import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { describeIssues } from './issues.ts';

const SCHEMA = z.strictObject({
  url: z.url(),
  days: z.int().max(5),
  kind: z.enum(['card', 'cash']),
  stores: z.array(z.string()).min(1),
  series: z.string().min(2).max(3),
  name: z.string().min(1),
  rules: z.array(z.object({ code: z.string() })),
});

const LABELS = new Map([
  ['url', 'Adress'],
  ['days', 'Dagar'],
]);

function says(value: unknown, language: 'sv' | 'nb' | 'en'): string {
  const read = SCHEMA.safeParse(value);
  return describeIssues(read.error?.issues ?? [], { language, labels: LABELS });
}

const WRONG = {
  ...{ url: 'nowhere', days: 9, kind: 'gold', stores: [], series: 'LONG', name: '' },
  ...{ rules: [{}], more: 1 },
};

describe('what is wrong with what was sent', () => {
  test('is said with the names of the form, in Swedish', () => {
    assert.equal(
      says(WRONG, 'sv'),
      'Adress är ingen webbadress: https://… Dagar: högst 5. kind: välj något av card, cash. ' +
        'stores: minst 1. series: högst 3 tecken. name saknas. rules · 0 · code saknas. ' +
        'more är inget som hubben känner till.',
    );
  });

  test('is said in Norwegian and English', () => {
    const value = { ...WRONG, ...{ rules: [], days: 'many', series: 'K' } };
    assert.match(says(value, 'nb'), /^Adress er ingen nettadresse.* Dagar er av feil slag\. /);
    assert.match(
      says(value, 'en'),
      / series: 2 signs at least\. name is missing\. more is nothing/,
    );
  });
});
