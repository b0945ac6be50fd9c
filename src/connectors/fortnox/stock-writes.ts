import { isStale, type StockChange } from '../../domain/document/stock-balance.ts';
import type { Step } from '../../domain/plan.ts';
import { parseQuantity } from '../../domain/stock.ts';
import { isRecord, textOf } from '../../lib/json-object.ts';
import type { Clock } from '../../ports/clock.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { StockLeft } from '../../ports/stock.ts';
import type { Found, Remote, Route, Write, WriteOutcome } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';

type StockInput = StockChange & { readonly stock: 'article'; readonly askedAtMs: number };

/** One call for each article: Fortnox takes no more at once. */
export function setStockWrites({
  id,
  setting: { askedAtMs, changes },
}: Extract<Step, { readonly kind: 'set-stock' }>): Route {
  const writes = changes.map((change, i): Write => {
    const call = `PUT ${pathOf(change)}`;
    const input: StockInput = { stock: 'article', askedAtMs, ...change };
    return { id: `${id}.${i + 1}`, call, input };
  });
  return { kind: 'route', writes, notices: [] };
}

export function isStockWrite({ input }: Write): boolean {
  return isRecord(input) && input['stock'] === 'article';
}

/**
 * Sets the quantity of an article, unless it was reckoned too long ago. Fortnox passes over that of
 * an article that it does not count, and of all where the warehouse module counts: then the answer
 * says what stood there before.
 */
export async function writeStock(
  client: FortnoxClient,
  clock: Pick<Clock, 'nowMs'>,
  write: Write,
): Promise<WriteOutcome> {
  const input = inputOf(write);
  if (isStale(input, clock.nowMs())) return done(left(input, 'stale'));
  const body = JSON.stringify({ Article: { QuantityInStock: input.to / 100 } });
  const answer = await client.change({ method: 'PUT', path: pathOf(input), body });
  // An article that is gone, or that Fortnox will not change, keeps no other waiting.
  if (answer.kind === 'refused') {
    const [refusal] = answer.refusals;
    const said = refusal?.code === 'target-refused' ? refusal.said : (refusal?.code ?? '');
    return done(left(input, said));
  }
  const article = answer.kind === 'ok' ? answer.body['Article'] : null;
  if (!isRecord(article)) {
    throw new ConnectorError('Fortnox did not say what it changed.', { kind: 'unanswered' });
  }
  const stands = parseQuantity(textOf(article, 'QuantityInStock'));
  return done(stands === input.to ? written(input) : left(input, 'not-counted'));
}

/** A quantity is set, not moved: what stands as it should needs no second call. */
export async function findStock(client: FortnoxClient, write: Write): Promise<readonly Found[]> {
  const input = inputOf(write);
  const body = await client.get(pathOf(input));
  const article = body?.['Article'];
  if (!isRecord(article)) return [];
  const stands = parseQuantity(textOf(article, 'QuantityInStock'));
  return stands === input.to ? [{ remote: written(input), differences: [] }] : [];
}

function pathOf({ number }: Pick<StockChange, 'number'>): string {
  return `/3/articles/${encodeURIComponent(number)}`;
}

function written({ number, to }: StockInput): Remote {
  return { id: number, label: '', data: { written: [[number, to]], left: [] } };
}

function left({ number, to }: StockInput, why: StockLeft | (string & {})): Remote {
  return { id: number, label: '', data: { written: [], left: [[number, why, to]] } };
}

function done(remote: Remote): WriteOutcome {
  return { kind: 'done', remote, differences: [] };
}

function inputOf(write: Write): StockInput {
  return write.input as StockInput; // Made by `setStockWrites`.
}
