import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkAttachments } from './target-contract/attachments.ts';
import { checkBooking } from './target-contract/booking.ts';
import { checksOf } from './target-contract/check.ts';
import { checkDoubt } from './target-contract/doubt.ts';
import { checkLogin } from './target-contract/login.ts';
import { checkReading } from './target-contract/reading.ts';
import { checkRefusals } from './target-contract/refusals.ts';
import type { TargetUnderTest } from './target-contract/trial.ts';

/**
 * What every target must keep: the hub's promise of one voucher for each document rests on it.
 *
 * A connector gets these tests for its folder's being there. They run against its simulator over
 * real HTTP.
 */
export function targetContract(under: TargetUnderTest): void {
  describe(`${under.connector.id}: target`, () => {
    const { check, titles } = checksOf(under);
    checkBooking(check);
    checkDoubt(check);
    checkRefusals(check, under.trial.answers);
    checkLogin(check);
    checkReading(check);
    checkAttachments(check);

    test('has a gap for no test that there is not', () => {
      const gaps = Object.keys(under.trial.gaps ?? {});
      assert.deepEqual(
        gaps.filter((title) => !titles.has(title)),
        [],
      );
    });
  });
}
