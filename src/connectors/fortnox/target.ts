import type { Books } from '../../domain/books.ts';
import type { Period } from '../../domain/date.ts';
import type { Step } from '../../domain/plan.ts';
import type { Notice } from '../../domain/refusal.ts';
import type { ConnectorContext } from '../../ports/connector.ts';
import type { Route, Target, Write } from '../../ports/target.ts';
import { readBooks, readYears } from './books.ts';
import { FortnoxClient } from './client.ts';
import { attachWrites, connectFile, findConnection, findFile, uploadFile } from './files.ts';
import { examine } from './health.ts';
import { readLedger } from './ledger.ts';
import { actOn, createObject, findAction, findObject } from './register-writes.ts';
import type { FortnoxSettings } from './settings.ts';
import { findVoucher, postVoucher, surveyVouchers, voucherWrite } from './voucher.ts';

/** How a write is made, and how it is found when its answer was lost. */
type Handler = {
  readonly make: (
    client: FortnoxClient,
    ...given: Parameters<Target['write']>
  ) => ReturnType<Target['write']>;
  readonly find: (
    client: FortnoxClient,
    ...given: Parameters<Target['find']>
  ) => ReturnType<Target['find']>;
};

/** Fortnox keeps its books in kronor; a row holds no other currency. */
const LEDGER_CURRENCY = 'SEK';

const VOUCHER: Handler = { make: postVoucher, find: findVoucher };
const UPLOAD: Handler = { make: uploadFile, find: findFile };
const CONNECTION: Handler = { make: connectFile, find: findConnection };
const ACTION: Handler = { make: actOn, find: findAction };
const OBJECT: Handler = { make: createObject, find: findObject };

function handlerOf({ call }: Write): Handler {
  if (call === 'POST /3/vouchers') return VOUCHER;
  if (call.startsWith('POST /3/inbox')) return UPLOAD;
  if (call === 'POST /3/voucherfileconnections') return CONNECTION;
  return call.startsWith('PUT ') ? ACTION : OBJECT;
}

/** Fortnox as a ledger: one company's books. */
export function fortnoxTarget(context: ConnectorContext<FortnoxSettings>): Target {
  const client = new FortnoxClient(context);
  return {
    capabilities: {
      takes: ['day-report', 'ready-voucher'],
      attachments: true,
      findsBy: 'key-in-object',
    },
    route: (steps, books) => route(steps, books, context.settings),
    write: (write, given) => handlerOf(write).make(client, write, given),
    find: (write, given) => handlerOf(write).find(client, write, given),
    survey: (period) => survey(client, period),
    readBooks: (period) => readBooks(client, period),
    readLedger: (period) => readLedger(client, period),
    examine: (period, series) => examine(client, { period, series }),
  };
}

/** The calls of a plan: one for each voucher, two for an attachment. */
function route(steps: readonly Step[], books: Books, settings: FortnoxSettings): Route {
  const writes: Write[] = [];
  const notices: Notice[] = [];
  for (const step of steps) {
    if (step.kind === 'post-voucher') {
      const { currency } = step.voucher;
      if (currency !== LEDGER_CURRENCY) return cannot(`vouchers in ${currency}`);
      const made = voucherWrite(step.id, step.voucher, { books, series: settings.series });
      writes.push(made.write);
      notices.push(...made.notices);
    } else {
      writes.push(...attachWrites(step.id, { fileName: step.fileName, voucher: step.to }));
    }
  }
  return { kind: 'route', writes, notices };
}

function cannot(what: string): Route {
  return { kind: 'cannot', refusals: [{ code: 'target-cannot', system: 'Fortnox', what }] };
}

async function survey(client: FortnoxClient, period: Period): Promise<readonly string[]> {
  const years = await readYears(client);
  const keys: string[] = [];
  for (const year of years) {
    const from = year.from > period.from ? year.from : period.from;
    const to = year.to < period.to ? year.to : period.to;
    if (from <= to) keys.push(...(await surveyVouchers(client, year.id, { from, to })));
  }
  return keys;
}
