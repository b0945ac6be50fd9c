import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import type { HookMessage } from '../../../ports/hooks.ts';
import { hearEvent } from './hear.ts';

const KEY = '0b4d1c52-1c1e-4a38-9d55-6f8d1b2a7c11';

/** An event as Tripletex signs it: the idempotency key, `&`, and the body. */
function message(body: string, secret = 's3cret', key = KEY): HookMessage {
  const signature = createHmac('sha512', secret).update(`${KEY}&${body}`).digest('base64');
  const headers = { 'idempotency-key': key, 'x-request-signature': signature };
  return { method: 'POST', query: {}, headers, body: Buffer.from(body) };
}

const CHARGED = '{"subscriptionId":7,"event":"invoice.charged","id":2147,"value":{"id":2147}}';

describe('hearEvent', () => {
  test('looks when an invoice is made, and when one is paid', () => {
    for (const event of ['invoice.charged', 'closeGroup.create']) {
      const body = CHARGED.replace('invoice.charged', event);
      assert.deepEqual(hearEvent(message(body), 's3cret'), { kind: 'look', object: null });
    }
  });

  test('looks again when it comes again: the look is what happens once', () => {
    assert.deepEqual(hearEvent(message(CHARGED), 's3cret'), { kind: 'look', object: null });
    assert.deepEqual(hearEvent(message(CHARGED), 's3cret'), { kind: 'look', object: null });
  });

  test('passes over what it has not asked for', () => {
    const body = CHARGED.replace('invoice.charged', 'customer.update');
    assert.deepEqual(hearEvent(message(body), 's3cret'), { kind: 'nothing' });
    assert.deepEqual(hearEvent({ ...message(CHARGED), method: 'GET' }, 's3cret'), {
      kind: 'nothing',
    });
  });

  const bare = { ...message(CHARGED), headers: {} };
  const forgeries: readonly (readonly [string, HookMessage, string])[] = [
    ['another secret', message(CHARGED, 'another'), 's3cret'],
    ['no secret at all', message(CHARGED, ''), ''],
    ['the key of another message', message(CHARGED, 's3cret', 'another'), 's3cret'],
    ['another body', { ...message(CHARGED), body: Buffer.from(`${CHARGED} `) }, 's3cret'],
    ['no signature', bare, 's3cret'],
  ];
  for (const [name, one, secret] of forgeries) {
    test(`takes ${name} for a forgery`, () => {
      assert.deepEqual(hearEvent(one, secret), { kind: 'forged' });
    });
  }

  test('never throws, whatever is signed', () => {
    for (const body of ['', '{', 'null', '[]', '{"event":{}}', '\u0000\uffff']) {
      assert.deepEqual(hearEvent(message(body), 's3cret'), { kind: 'nothing' }, body);
    }
  });
});
