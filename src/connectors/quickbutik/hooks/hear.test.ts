import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Heard, HookMessage } from '../../../ports/hooks.ts';
import { hearHook } from './hear.ts';

/** Requests as Quickbutik sends them, one after the other. */
const REQUESTS = readFileSync(
  new URL('../simulator/fixtures/webhook-requests.http', import.meta.url),
  'utf8',
);

/** Reads a request as it is written in a file. */
function messageOf(request: string): HookMessage {
  const [head = '', ...rest] = request.trim().split('\n');
  const [method = '', path = ''] = head.split(' ');
  const url = new URL(path, 'http://hub.example');
  const body = rest.at(-1) ?? '';
  return {
    method: method === 'GET' ? 'GET' : 'POST',
    query: Object.fromEntries(url.searchParams),
    headers: {},
    body: Buffer.from(method === 'GET' ? '' : body),
  };
}

const NOBODY: HookMessage = { method: 'GET', query: {}, headers: {}, body: new Uint8Array() };

describe('a hook of Quickbutik', () => {
  it('is a reason to look at the order it names, however it comes', () => {
    const requests = REQUESTS.split(/\n(?=GET|POST)/).map(messageOf);
    const expected: readonly Heard[] = [
      { kind: 'look', object: '10482' },
      { kind: 'nothing' },
      { kind: 'look', object: '10484' },
    ];
    assert.deepEqual(requests.map(hearHook), expected);
  });

  it('names nothing in particular when what it names is no order', () => {
    for (const id of ['', '../10482', '1e9', 'a'.repeat(1_000), '1'.repeat(19)]) {
      const query = { event_type: 'order.done', order_id: id };
      assert.deepEqual(hearHook({ ...NOBODY, query }), { kind: 'look', object: null });
    }
  });

  it('is passed over when it is of something else, or of nothing', () => {
    for (const event_type of ['product.update', 'shop.closed', '']) {
      const query = { event_type, order_id: '10482' };
      assert.deepEqual(hearHook({ ...NOBODY, query }), { kind: 'nothing' });
    }
    const noise = Buffer.from([0xff, 0x00, 0x25, 0x3d, 0x26]);
    assert.deepEqual(hearHook({ ...NOBODY, method: 'POST', body: noise }), { kind: 'nothing' });
    assert.deepEqual(hearHook(NOBODY), { kind: 'nothing' });
  });
});
