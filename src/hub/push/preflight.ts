import { yearOf, type Books } from '../../domain/books.ts';
import type { LocalDate } from '../../domain/date.ts';
import type { SalesInvoice } from '../../domain/document/sales-invoice.ts';
import type { FlowChoices } from '../../domain/posting/choices.ts';
import { codingOf } from '../../domain/posting/rules/sales-invoice.ts';
import { previewFiles, type PreviewItem } from '../../engine/preview.ts';
import type { Target } from '../../ports/target.ts';
import { listFlows, type Company } from '../../store/registry.ts';
import type { Hub } from '../hub.ts';
import { previewToolsOf } from '../preview-tools.ts';

/** What a sender asks about before it sends anything. */
export type Asked = {
  /** Of whose financial year the accounts are. */
  readonly date: LocalDate;
  readonly accounts: readonly string[];
  readonly costCentres: readonly string[];
  readonly projects: readonly string[];
  readonly customers: readonly string[];
};

/** How something stands in the ledger at this moment. `unknown`: the ledger does not tell. */
export type Stands = {
  readonly code: string;
  readonly state: 'active' | 'inactive' | 'missing' | 'unknown';
  /** Whether it is made on the way where it is missing. */
  readonly isMade: boolean;
};

/** Everything that was asked about, and what would become of the things that were sent along. */
export type Preflight = {
  readonly date: LocalDate;
  readonly accounts: readonly Stands[];
  readonly costCentres: readonly Stands[];
  readonly projects: readonly Stands[];
  readonly customers: readonly Stands[];
  readonly items: readonly {
    readonly externalId: string;
    readonly previews: readonly PreviewItem[];
  }[];
};

/** Customers are asked for one by one. */
const CUSTOMERS_MAX = 200;

/**
 * Asks the ledger how what invoices name stands there, and plans the invoices themselves: reads,
 * writes nothing anywhere.
 *
 * @returns null when nothing takes what the connection gives into a ledger
 */
export async function preflight(
  hub: Hub,
  place: { readonly company: Company; readonly connectionId: string },
  of: { readonly asked: Asked; readonly items: readonly { externalId: string; text: string }[] },
): Promise<Preflight | null> {
  const { company, connectionId } = place;
  const flows = await listFlows(hub.database.db, company.id);
  const flow = flows.find(({ source }) => source.id === connectionId);
  if (flow === undefined) return null;
  const kept = await previewToolsOf(hub, { company, flow });
  const { target, choices } = kept;
  if (target === null) return null;
  const period = { from: of.asked.date, to: of.asked.date };
  const tools = { ...kept, books: await target.readBooks(period) };
  const items: { externalId: string; previews: readonly PreviewItem[] }[] = [];
  const invoices: SalesInvoice[] = [];
  for (const { externalId, text } of of.items) {
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text);
    };
    const files = [{ name: `${externalId}.json`, open }];
    const previews = await Array.fromAsync(previewFiles(files, tools));
    items.push({ externalId, previews });
    for (const one of previews) {
      if (one.kind === 'document' && one.document.kind === 'sales-invoice') {
        invoices.push(one.document);
      }
    }
  }
  const asked = withNamed(of.asked, invoices, choices);
  return { ...(await standing(asked, { target, choices, books: tools.books })), items };
}

/** What was asked about, and what the invoices name, each once. */
function withNamed(asked: Asked, invoices: readonly SalesInvoice[], choices: FlowChoices): Asked {
  const coded = invoices.flatMap(({ lines, date }) => {
    return lines.map((line) => codingOf(line, { choices, date }));
  });
  const once = (own: readonly string[], named: readonly string[]) => [
    ...new Set([...own, ...named]),
  ];
  return {
    date: asked.date,
    accounts: once(
      asked.accounts,
      coded.flatMap(({ account }) => account ?? []),
    ),
    costCentres: once(
      asked.costCentres,
      coded.flatMap(({ costCentre }) => costCentre ?? []),
    ),
    projects: once(
      asked.projects,
      invoices.flatMap(({ project }) => project?.number ?? []),
    ),
    customers: once(
      asked.customers,
      invoices.map(({ customer }) => customer.number),
    ),
  };
}

async function standing(
  asked: Asked,
  of: { readonly target: Target; readonly choices: FlowChoices; readonly books: Books },
): Promise<Omit<Preflight, 'items'>> {
  const { target, choices, books } = of;
  const { customers, projects, costCentres } = choices.invoices;
  const year = yearOf(books, asked.date);
  const accounts = books.accounts?.[year?.id ?? ''] ?? null;
  const known = await target.readCustomers?.(asked.customers.slice(0, CUSTOMERS_MAX));
  const isMaking = books.newCodes !== undefined;
  return {
    date: asked.date,
    accounts: asked.accounts.map((code) => stands(code, accounts, false)),
    costCentres: asked.costCentres.map((code) => {
      return stands(code, books.costCentres, isMaking && costCentres === 'create');
    }),
    projects: asked.projects.map((code) => {
      return stands(code, books.projects, isMaking && projects !== 'existing');
    }),
    customers: asked.customers.map((code, i) => {
      return stands(code, i < CUSTOMERS_MAX ? (known ?? null) : null, customers !== 'existing');
    }),
  };
}

/** @param register - null: the ledger does not tell */
function stands(
  code: string,
  register: Readonly<Record<string, { readonly active: boolean }>> | null,
  isMade: boolean,
): Stands {
  if (register === null) return { code, state: 'unknown', isMade };
  const known = Object.hasOwn(register, code) ? register[code] : undefined;
  if (known === undefined) return { code, state: 'missing', isMade };
  return { code, state: known.active ? 'active' : 'inactive', isMade: false };
}
