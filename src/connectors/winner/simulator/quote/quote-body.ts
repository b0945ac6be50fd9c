import type { Json } from '../../../../lib/json.ts';
import { amountText, total } from '../amounts.ts';
import { amountsOf } from './calendar.ts';
import type { Address, CalendarLine, Customer, Group, Project, Quote } from './project.ts';

export type Product = 'winner' | 'winner-bizz';

export type BodyOptions = { readonly product: Product; readonly currency: string };

/** `hub.quote.v1`: what is posted when a customer has said yes. */
export function quoteBody(quote: Quote, { product, currency }: BodyOptions): Json {
  const { project, contractNo } = quote;
  const amounts = quote.groups.map(amountsOf);
  const netOre = total(amounts.map((one) => one.netOre));
  const grossOre = total(amounts.map((one) => one.grossOre));
  return {
    schema: 'hub.quote.v1',
    source: product,
    external_id: quote.externalId,
    idempotency_key: keyOf(quote),
    quote_no: quoteNo(quote),
    ...(contractNo === null ? {} : { contract_no: contractNo }),
    status: 'order',
    accepted_at: quote.acceptedAt,
    revision: quote.revision,
    currency,
    prices_include_vat: true,
    project: projectOf(project),
    customer: customerOf(project.customer),
    groups: quote.groups.map(groupOf),
    totals: {
      net: amountText(netOre),
      vat: amountText(grossOre - netOre),
      gross: amountText(grossOre),
    },
    payment_calendar: quote.calendar.map(lineOf),
  };
}

/** `winner-24017-3-r2`: the same for each time the same is sent, another for each revision. */
export function keyOf(quote: Quote): string {
  return `winner-${quoteNo(quote)}-r${quote.revision}`;
}

function quoteNo({ project, alternatives }: Quote): string {
  return `${project.number}-${alternatives.join('+')}`;
}

function projectOf({ number, name, salesperson, designer }: Project): Json {
  return {
    number,
    name,
    ...(salesperson === undefined ? {} : { salesperson }),
    ...(designer === undefined ? {} : { designer }),
  };
}

function customerOf(customer: Customer): Json {
  const { number, type, name, orgNo, email, phone, address, deliveryAddress } = customer;
  return {
    number,
    type,
    name,
    ...(orgNo === undefined ? {} : { org_no: orgNo }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(address ? { address: addressOf(address) } : {}),
    ...(deliveryAddress ? { delivery_address: addressOf(deliveryAddress) } : {}),
  };
}

function addressOf({ line1, postalCode, city, country }: Address): Json {
  return { line1, postal_code: postalCode, city, country };
}

function groupOf(group: Group): Json {
  const { netOre, grossOre } = amountsOf(group);
  return {
    code: group.code,
    name: group.name,
    net: amountText(netOre),
    vat_rate: group.vatRate,
    gross: amountText(grossOre),
  };
}

function lineOf(line: CalendarLine, index: number): Json {
  const { type, label, basis, dueDate, dueRule } = line;
  return {
    seq: index + 1,
    type,
    ...(label === undefined ? {} : { label }),
    basis,
    ...(basis === 'percent' ? { percent: line.percent } : {}),
    ...(dueDate === undefined ? {} : { due_date: dueDate }),
    ...(dueRule === undefined ? {} : { due_rule: dueRule }),
  };
}
