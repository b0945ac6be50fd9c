import type { Refusal } from '../domain/refusal.ts';
import { percentText, type BasisPoints } from '../domain/vat/rates.ts';
import type { WrittenChoices } from '../engine/flow-choices.ts';
import { listDeliveries, type DeliveryView } from '../store/deliveries.ts';
import { changeFlow, listFlows } from '../store/registry.ts';
import type { Hub } from './hub.ts';
import { keyOfCode } from './learnt-coding.ts';

/** What was learnt from held invoices, and what else waits for the same answer. */
export type Learnt = {
  /** Names of the suppliers, and codes of entries of statements. */
  readonly suppliers: readonly string[];
  /** By what the choices of the flows know them from now on: `5599990032/TJANST`. */
  readonly codes: readonly string[];
  /** Other deliveries that are held and that the same choice answers. */
  readonly alike: readonly string[];
};

type Held = { readonly companyId: string; readonly ids: readonly string[] };

/**
 * Codes the suppliers of held invoices, and the codes of held entries of statements, with an
 * account from now on, in the choices of their flows. What an invoice's own accounting cost says
 * still comes first. An entry without a code cannot be known again: nothing is learnt of it.
 */
export function rememberCoding(
  hub: Pick<Hub, 'database'>,
  { account, ...held }: Held & { readonly account: string },
): Promise<Learnt> {
  return learn(hub, held, {
    asks: (refusal) => {
      if (refusal.code === 'invoice-not-coded') {
        return [{ name: refusal.supplier, code: refusal.id }];
      }
      if (refusal.code !== 'entry-not-coded') return [];
      const codes = refusal.entries.map(({ code }) => code).filter((code) => code !== '');
      return codes.map((code) => ({ name: code, code: `statement-entry/${code}` }));
    },
    choose: (choices, codes) => {
      const added = codes.map((code) => [keyOfCode(code), account] as const);
      return { ...choices, accounts: { ...choices.accounts, ...Object.fromEntries(added) } };
    },
  });
}

/** The VAT rate at home of what the suppliers of held invoices sell without VAT, from now on. */
export function rememberReverseRate(
  hub: Pick<Hub, 'database'>,
  { rate, ...held }: Held & { readonly rate: BasisPoints },
): Promise<Learnt> {
  return learn(hub, held, {
    asks: (refusal) =>
      refusal.code === 'reverse-rate-not-chosen'
        ? [{ name: refusal.supplier, code: refusal.id }]
        : [],
    choose: (choices, codes) => {
      const added = codes.map((code) => [code, percentText(rate)] as const);
      const rates = { ...choices.reverseChargeRates, ...Object.fromEntries(added) };
      return { ...choices, reverseChargeRates: rates };
    },
  });
}

type Lesson = {
  /** What of a reason the choice answers, and by which code. */
  readonly asks: (refusal: Refusal) => readonly { readonly name: string; readonly code: string }[];
  readonly choose: (choices: WrittenChoices, codes: readonly string[]) => WrittenChoices;
};

async function learn(
  hub: Pick<Hub, 'database'>,
  { companyId, ids }: Held,
  { asks, choose }: Lesson,
): Promise<Learnt> {
  const { db } = hub.database;
  const held = await listDeliveries(db, { companyId, states: ['held'] });
  const suppliers = new Set<string>();
  const codes = new Set<string>();
  const alike: string[] = [];
  for (const flow of await listFlows(db, companyId)) {
    const ofFlow = held.filter(({ flowId }) => flowId === flow.id);
    const taught = ofFlow.filter(({ id }) => ids.includes(id));
    const open = taught.flatMap((one) => one.refusals.flatMap(asks));
    if (open.length === 0) continue;
    const learnt = new Set(open.map(({ code }) => code));
    await changeFlow(db, flow.id, { choices: choose(flow.choices as WrittenChoices, [...learnt]) });
    for (const { name, code } of open) {
      suppliers.add(name);
      codes.add(code);
    }
    const others = ofFlow.filter(({ id }) => !ids.includes(id));
    const isAlike = (one: DeliveryView): boolean =>
      one.refusals.flatMap(asks).some(({ code }) => isAnswered(code, learnt));
    alike.push(...others.filter(isAlike).map(({ id }) => id));
  }
  return { suppliers: [...suppliers], codes: [...codes], alike };
}

/** A supplier that is chosen for as a whole is chosen for in each kind as well. */
function isAnswered(id: string, learnt: ReadonlySet<string>): boolean {
  return [...learnt].some((one) => id === one || id.startsWith(`${one}/`));
}
