import { json, type Answer } from '../api/answer.ts';
import type { Call, Route } from '../api/call.ts';
import { reservedIn } from '../sales/stock.ts';
import { twoDecimals } from '../wire/amounts.ts';
import { numberOf } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';

/**
 * `GET /api/warehouse/status-v1/stockbalance`: a bare array, as all of the warehouse's own API.
 *
 * | Uncertain                                  | Chosen                                          |
 * |--------------------------------------------|-------------------------------------------------|
 * | Where the module is not switched on        | Refused like a module that was not bought       |
 * | Items that are not there, or not counted   | Left out                                        |
 * | Stock points                               | One, or two that share it (`stockPoints`)      |
 */
export const STOCK_BALANCE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/warehouse/status-v1/stockbalance',
    scope: 'warehouse',
    act: showBalances,
  },
];

function showBalances(call: Call): Answer {
  const { tenant, query, choices } = call;
  if (!tenant.setup.hasWarehouse) refuse('feature-missing');
  const ids = (query.get('itemIds') ?? '').split(',').filter((id) => id !== '');
  const reserved = reservedIn(call);
  const balances = ids.flatMap((itemId) => {
    const entry = tenant.shelves.articles.entries.get(itemId);
    if (entry?.fields['StockGoods'] !== true) return [];
    const inStock = numberOf(entry.fields, 'QuantityInStock');
    const availableStock = twoDecimals(inStock - (reserved.get(itemId) ?? 0));
    const whole = { itemId, stockPointCode: 'LAGER', availableStock, inStock };
    if (choices.stockPoints === 'one') return [whole];
    const part = { itemId, stockPointCode: 'BUTIK', availableStock: 1, inStock: 1 };
    return [{ ...whole, availableStock: availableStock - 1, inStock: inStock - 1 }, part];
  });
  return json(200, JSON.stringify(balances));
}
