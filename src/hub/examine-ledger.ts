import type { Books } from '../domain/books.ts';
import type { LocalDate } from '../domain/date.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import { unbookableAccounts } from '../domain/posting/check-books.ts';
import { readFlowChoices } from '../engine/flow-choices.ts';
import type { HealthItem } from '../ports/target.ts';
import type { Company, Flow } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** The ledger as its connector sees it, and the accounts that the flows into it will book on. */
export async function examineLedger(
  hub: Hub,
  connectionId: string,
  of: { readonly company: Company; readonly into: readonly Flow[]; readonly today: LocalDate },
): Promise<readonly HealthItem[]> {
  const { target } = await hub.openTarget(connectionId);
  const period = { from: of.today, to: of.today };
  const choices = of.into.flatMap((flow) => {
    const read = readFlowChoices(flow.choices, of.company);
    return 'choices' in read ? [read.choices] : [];
  });
  const series = choices.map((chosen) => chosen.series);
  const items = await target.examine(period, series.length > 0 ? series : [null]);
  if (items.some(({ item }) => item === 'connection')) return items;
  const books = await target.readBooks(period);
  return [...items, ...choices.flatMap((chosen) => accountItems(chosen, books, of.today))];
}

function accountItems(choices: FlowChoices, books: Books, today: LocalDate): HealthItem[] {
  return unbookableAccounts(choices, books, today).map(({ account, roles, isInactive }) => {
    const what = isInactive ? 'is inactive' : 'is not in the chart';
    const says = `${account} for ${roles.join(', ')} ${what}: open it there, or choose another`;
    return { item: 'account', state: 'warning', says };
  });
}
