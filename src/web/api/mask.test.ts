import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { masked } from './mask.ts';

describe('masked', () => {
  test('covers what may open something, however deep, and leaves the rest', () => {
    const sent = {
      Voucher: { Description: 'Dagsrapport', Rows: [{ Account: 3001, Credit: 80 }] },
      headers: { Authorization: 'Bearer abc', 'x-api-key': 'k', nested: [{ refresh_token: 'r' }] },
    };
    assert.deepEqual(masked(sent), {
      Voucher: { Description: 'Dagsrapport', Rows: [{ Account: 3001, Credit: 80 }] },
      headers: {
        Authorization: '••••••',
        'x-api-key': '••••••',
        nested: [{ refresh_token: '••••••' }],
      },
    });
  });
});
