import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kr } from '../../../testing/day-reports.ts';
import { entry, statement } from '../../../testing/statements.ts';
import type { StatementEntry } from '../../document/account-statement.ts';
import { continuedStatement } from './statement-continued.ts';

const FEE = entry('fee', '-25', { id: '1' });
const CARD = entry('card-settlement', '100', { id: '2', code: 'KORT' });

function compare(before: readonly StatementEntry[], now: readonly StatementEntry[]) {
  const document = statement({ entries: before });
  return continuedStatement(statement({ entries: now }), { document, label: 'K 17' });
}

describe('continuedStatement', () => {
  test('gives what a day has beyond what is booked, wherever that stands now', () => {
    const moved = { ...FEE, id: '2 9103' };
    assert.deepEqual(compare([FEE], [CARD, moved]), { kind: 'added', entries: [CARD] });
    assert.deepEqual(compare([FEE, CARD], [FEE, CARD]), { kind: 'added', entries: [] });
  });

  test('counts entries that say the same', () => {
    const second = { ...FEE, id: '2' };
    assert.deepEqual(compare([FEE], [FEE, second]), { kind: 'added', entries: [second] });
    assert.equal(compare([FEE, second], [FEE]).kind, 'otherwise');
  });

  test('asks where a booked entry is gone or says otherwise, with what the day came to', () => {
    // Booked: −25.00 + 100.00. Now: −26.00 + 100.00.
    const outcome = compare([FEE, CARD], [{ ...FEE, amount: kr('-26') }, CARD]);
    assert.deepEqual(outcome, {
      kind: 'otherwise',
      refusal: {
        code: 'statement-revised',
        bookedAs: 'K 17',
        before: kr('75'),
        after: kr('74'),
        difference: kr('-1'),
      },
    });
  });
});
