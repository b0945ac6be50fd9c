import { createHmac, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** A secret as the Standard Webhooks specification writes it. */
export function newSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/**
 * The headers by which a receiver sees whose a message is, and that nobody has changed it.
 *
 * @param secrets - each of them signs: a receiver that has one of them is served while they change
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signed(
  message: { readonly key: string; readonly atMs: number; readonly body: string },
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const { key, body } = message;
  const timestamp = String(Math.floor(message.atMs / 1_000));
  const signatures = secrets.map((secret) => {
    const bytes = Buffer.from(secret.slice(PREFIX.length), 'base64');
    const mac = createHmac('sha256', bytes).update(`${key}.${timestamp}.${body}`);
    return `v1,${mac.digest('base64')}`;
  });
  return {
    'webhook-id': key,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
