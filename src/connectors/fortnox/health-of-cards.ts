import type { NeededDocument } from '../../domain/posting/flow-needs.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { LedgerFinding } from '../../ports/health.ts';
import { findingsOf } from '../../ports/ledger-findings.ts';
import type { FortnoxClient } from './client.ts';
import { askedBy, knownCustomer } from './shop/buyers.ts';

const find = findingsOf('Fortnox');

/** Two calls each, for lists of customers leave the field out: the latest buyers stand for all. */
const CARDS_MAX = 10;

/**
 * What stands on the cards of a shop's latest buyers and is gone from its register. Fortnox puts a
 * card's way of delivery on each document of the customer, and refuses one that has been removed.
 */
export async function examineCards(
  client: FortnoxClient,
  documents: readonly NeededDocument[],
): Promise<readonly LedgerFinding[]> {
  try {
    return await wayFindings(client, documents);
  } catch (error) {
    // What may not be read is told by the right that is missing.
    if (error instanceof ConnectorError && error.failure.kind === 'setup') return [];
    throw error;
  }
}

async function wayFindings(
  client: FortnoxClient,
  documents: readonly NeededDocument[],
): Promise<readonly LedgerFinding[]> {
  const cards = await cardsOf(client, documents);
  const named = cards.filter((card) => textOf(card, 'WayOfDelivery') !== '');
  if (named.length === 0) {
    return cards.length === 0 ? [] : [find.ok('buyer-cards', { count: String(cards.length) })];
  }
  const ways = await client.list('/3/wayofdeliveries', 'WayOfDeliveries');
  const known = new Set(ways.map((one) => textOf(one, 'Code')));
  const gone = named.filter((card) => !known.has(textOf(card, 'WayOfDelivery')));
  const count = String(cards.length);
  if (gone.length === 0) return [find.ok('buyer-cards', { count })];
  const shown = gone.map((card) => {
    const [name, number, way] = ['Name', 'CustomerNumber', 'WayOfDelivery'].map((field) =>
      textOf(card, field),
    );
    return `${name} ${number}: ${way}`;
  });
  return [find.problem('buyer-card-way-gone', { count, customers: shown.join(', ') })];
}

/** The cards of the latest buyers that there are. One who cannot be known again has none yet. */
async function cardsOf(
  client: FortnoxClient,
  documents: readonly NeededDocument[],
): Promise<readonly WireObject[]> {
  const known = documents.filter(({ buyer }) => buyer.knownBy !== 'none');
  const buyers = new Map(known.map(({ buyer }) => [buyer.number, buyer]));
  const cards: WireObject[] = [];
  for (const buyer of [...buyers.values()].slice(0, CARDS_MAX)) {
    const asks = buyer.knownBy === 'number' ? null : askedBy(buyer);
    const number = asks === null ? buyer.number : await knownCustomer(client, asks);
    if (number === null) continue;
    const body = await client.get(`/3/customers/${encodeURIComponent(number)}`);
    const card = body?.['Customer'];
    if (isRecord(card)) cards.push(card);
  }
  return cards;
}
