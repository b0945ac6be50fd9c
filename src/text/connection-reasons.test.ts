import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectionReasonCode } from '../ports/connection-reason.ts';
import { describeConnectionReason } from './connection-reasons.ts';

/** The facts that each sentence has to say. */
const FACTS: Readonly<Record<ConnectionReasonCode, readonly string[]>> = {
  'login-ended': ['why'],
  'mend-there': ['why'],
  disconnected: ['name', 'by'],
  said: ['why'],
};

describe('describeConnectionReason', () => {
  it('says the facts of each reason in three languages', () => {
    for (const [code, names] of Object.entries(FACTS)) {
      const facts = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      const reason = { code: code as ConnectionReasonCode, facts };
      const said = (['sv', 'nb', 'en'] as const).map((one) =>
        describeConnectionReason(reason, one),
      );
      for (const text of said) {
        for (const name of names) assert.ok(text.includes(`<${name}>`), `${code}: ${text}`);
      }
      if (code !== 'said') assert.equal(new Set(said).size, 3, code);
    }
  });
});
