import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { HookMessage } from '../../../ports/hooks.ts';
import { hearWebhook } from './hear.ts';

/** Requests of a real WooCommerce, as they were received. */
const FOLDER = new URL('../simulator/recordings/webhooks/', import.meta.url);

type Recorded = {
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyRaw: string;
};

function recorded(name: string): HookMessage {
  const { headers, bodyRaw } = JSON.parse(
    readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'),
  ) as Recorded;
  return { method: 'POST', query: {}, headers, body: Buffer.from(bodyRaw) };
}

/** The same request, signed with a secret of ours: that of the recorded shop is not known here. */
function signed(message: HookMessage, secret: string): HookMessage {
  const signature = createHmac('sha256', secret).update(message.body).digest('base64');
  return { ...message, headers: { ...message.headers, 'x-wc-webhook-signature': signature } };
}

describe('hearWebhook', () => {
  const idOf = (name: string): string =>
    String((JSON.parse(Buffer.from(recorded(name).body).toString()) as { id: number }).id);

  for (const name of ['order_created-1', 'order_updated-1', 'order_updated-3', 'order_deleted-1']) {
    it(`names the order of a recorded ${name}`, () => {
      const heard = hearWebhook(signed(recorded(name), 's3cret'), 's3cret');
      assert.deepEqual(heard, { kind: 'look', object: idOf(name) });
    });
  }

  it('looks, at nothing in particular, for a refusal that the shop has signed', () => {
    const refusal = signed(recorded('order_updated-permission-error'), 's3cret');
    assert.deepEqual(hearWebhook(refusal, 's3cret'), { kind: 'look', object: null });
  });

  it('takes a recorded ping for a greeting', () => {
    for (const name of ['ping-1', 'ping-2', 'ping-3']) {
      assert.deepEqual(hearWebhook(recorded(name), 's3cret'), { kind: 'nothing' });
    }
  });

  it('passes over what is of products, customers and coupons', () => {
    const others = readdirSync(FOLDER).filter((name) => /^(product|customer|coupon)/.test(name));
    assert.ok(others.length > 5);
    for (const name of others) {
      const message = signed(recorded(name.replace('.json', '')), 's3cret');
      assert.deepEqual(hearWebhook(message, 's3cret'), { kind: 'nothing' }, name);
    }
  });

  const order = signed(recorded('order_updated-1'), 's3cret');
  const changed = Buffer.from(order.body).toString().replace('"total"', '"totaL"');
  const forgeries: readonly (readonly [string, HookMessage, string])[] = [
    ['another secret', order, 'another'],
    ['no secret at all', signed(order, ''), ''],
    ['one byte that is another', { ...order, body: Buffer.from(changed) }, 's3cret'],
    [
      'a signature that is cut off',
      { ...order, headers: { ...order.headers, 'x-wc-webhook-signature': 'AAAA' } },
      's3cret',
    ],
    [
      'a topic without a signature',
      { ...order, headers: { 'x-wc-webhook-topic': 'order.updated' } },
      's3cret',
    ],
  ];
  for (const [name, message, secret] of forgeries) {
    it(`takes ${name} for a forgery`, () => {
      assert.deepEqual(hearWebhook(message, secret), { kind: 'forged' });
    });
  }

  it('never throws, whatever is sent', () => {
    const bodies = ['', '{', 'null', '[]', '{"id":{}}', '{"id":"1; drop"}', '\u0000\uffff'];
    for (const body of bodies) {
      const message = signed({ ...order, body: Buffer.from(body) }, 's3cret');
      assert.deepEqual(hearWebhook(message, 's3cret'), { kind: 'look', object: null }, body);
    }
    assert.deepEqual(hearWebhook({ ...order, method: 'GET' }, 's3cret'), { kind: 'nothing' });
  });
});
