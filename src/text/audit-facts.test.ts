import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { auditFacts } from './audit-facts.ts';

const flowName = (id: string) => (id === '4' ? 'ICA MinButik → Fortnox' : null);

function told(about: unknown, language: 'sv' | 'nb' | 'en' = 'sv'): readonly string[] {
  return auditFacts(about, language, flowName).map(({ label, value }) => `${label}: ${value}`);
}

describe('what an entry of the audit trail is about', () => {
  it('is told in the reader’s language', () => {
    const about = { flow: '4', from: '2026-10-01', to: '2026-10-31', differences: 0 };
    const period = ['2026-10-01', '2026-10-31'];
    for (const [language, labels] of [
      ['sv', ['Skillnader', 'Flöde', 'Från', 'Till']],
      ['nb', ['Forskjeller', 'Flyt', 'Fra', 'Til']],
      ['en', ['Differences', 'Flow', 'From', 'To']],
    ] as const) {
      const values = ['0', 'ICA MinButik → Fortnox', ...period];
      assert.deepEqual(
        told(about, language),
        labels.map((label, i) => `${label}: ${values[i]}`),
      );
    }
  });

  it('keeps a number that nobody knows', () => {
    assert.deepEqual(told({ person: 2, role: 'approver' }), ['Användare: 2', 'Roll: attestant']);
    assert.deepEqual(told({ flow: '9' }), ['Flöde: 9']);
  });

  it('tells what is within, what is yes or no, and of long lists how many more there are', () => {
    const decision = { kind: 'book-difference', account: '6991' };
    assert.deepEqual(told({ resolution: { kind: 'again', decision }, isOn: false }), [
      'På: nej',
      'Beslut: Slag: planera om, Beslut: Slag: bokför skillnaden, Konto: 6991',
    ]);
    const ids = Array.from({ length: 37 }, (_, i) => String(i + 1));
    assert.deepEqual(told({ ids }), ['Underlag: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 … 25 till']);
    assert.deepEqual(told({ fourEyesMinor: '5000000' }), ['Två godkänner från: 50000.00']);
  });

  it('says nothing of what is not said', () => {
    for (const about of [{}, null, 'text', { reason: null, why: '' }])
      assert.deepEqual(told(about), []);
  });
});
