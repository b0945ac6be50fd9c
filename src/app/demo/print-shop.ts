import type { JobSeed } from '../../connectors/summa/simulator/desk.ts';
import { SummaSimulator } from '../../connectors/summa/simulator/simulator.ts';
import { dayAt } from '../../domain/date.ts';
import type { Reconciliation } from '../../engine/reconcile.ts';
import { reconcileFlow } from '../../hub/reconcile-flow.ts';
import { makeUploadKey } from '../../store/upload-keys.ts';
import { addRigCompany, type Rig, type RigCompany } from './rig.ts';

/** A printing house beside the store: its Summa pushes what it has printed, over HTTP. */
export type PrintShop = RigCompany & {
  readonly summa: SummaSimulator;
  /** Ids of the invoices that are to be pushed, in turn. */
  play(): Promise<void>;
};

/** What came of it: the numbers that Summa has got back, and the proof. */
export type PrintShopResult = {
  readonly flow: string;
  readonly invoices: number;
  readonly numbered: number;
  /** What an owner would ring about. */
  readonly complaints: readonly string[];
  readonly result: Reconciliation;
};

const CONNECTION = 'summa';
const OFFSET = { code: 'OFFSET', name: 'Offset' };
const STUDIO = { code: 'STUDIO', name: 'Formgivning' };

const PUBLISHER: JobSeed['customer'] = {
  number: '1203',
  name: 'Förlaget Exempel AB',
  orgNo: '5599990024',
  email: 'faktura@forlaget.example',
  address: { line1: 'Tryckargatan 4', postalCode: '41102', city: 'Göteborg', country: 'SE' },
  country: 'SE',
};

/** A catalogue at 6 % with cards at 25 %, labels at a price of three decimals, a part payment. */
const JOBS: readonly JobSeed[] = [
  {
    orderNo: '24117',
    customer: PUBLISHER,
    project: { number: 'P2026-017', name: 'Höstkatalog', startDate: '2026-02-01' },
    lines: [
      {
        ...{ text: 'Katalog 32 s A5', quantity: '5000', unit: 'st', unitPrice: '3.69' },
        ...{ vatRate: 6, account: '3003', costCentre: OFFSET },
      },
      {
        ...{ text: 'Visitkort 4+4', quantity: '8', unit: 'st', unitPrice: '300' },
        ...{ vatRate: 25, account: '3001', costCentre: OFFSET },
      },
    ],
    attachments: [
      {
        filename: 'produktspec-24117.pdf',
        mediaType: 'application/pdf',
        contentBase64: Buffer.from('%PDF-1.4\n').toString('base64'),
      },
    ],
  },
  {
    orderNo: '24118',
    customer: PUBLISHER,
    lines: [
      {
        ...{ text: 'Dekaler, stansade', quantity: '5000', unit: 'st', unitPrice: '0.185' },
        ...{ vatRate: 25, account: '3001', costCentre: OFFSET },
      },
    ],
  },
  {
    orderNo: '24200',
    customer: { number: '1310', name: 'Byrå & Form HB', orgNo: '5599990032', country: 'SE' },
    project: { number: 'P2026-031', name: 'Årsredovisning' },
    lines: [
      {
        ...{ text: 'Årsredovisning, formgivning', quantity: '1', unit: 'st' },
        ...{ unitPrice: '30000', vatRate: 25, account: '3041', costCentre: STUDIO },
      },
    ],
  },
];

/** Adds the printing house, with simulated books of its own. @param url - of the hub's server */
export async function addPrintShop(
  rig: Pick<Rig, 'hub' | 'simulator'>,
  of: {
    readonly url: string;
    readonly years: readonly { readonly from: string; readonly to: string }[];
  },
): Promise<PrintShop> {
  const { hub } = rig;
  const company = await addRigCompany(rig, {
    name: 'Ängens Tryckeri AB',
    years: of.years,
    accounts: [{ number: 3041, name: 'Formgivning' }],
    source: { connector: 'summa', name: CONNECTION, settings: {} },
    choices: { invoices: { as: 'booked' } },
  });
  const about = { companyId: company.company.id, name: CONNECTION, scopes: ['files'] } as const;
  const key = await makeUploadKey(hub.database.db, about);
  const summa = new SummaSimulator({
    address: { url: `${of.url}/v1/connections/${CONNECTION}/invoices`, key },
    jobs: JOBS,
    quantities: 'as-counted',
    nowMs: () => hub.clock.nowMs(),
  });
  return { ...company, summa, play: () => print(summa) };
}

/** Each invoice is pushed when its job becomes one, and answered with its number. */
async function print(summa: SummaSimulator): Promise<void> {
  const advance = { percent: 40, account: '2420', costCentre: STUDIO, vatRate: 25 };
  await summa.askAcconto('24200', advance);
  const finished: string[] = [];
  for (const { orderNo } of JOBS) {
    summa.deliver(orderNo);
    finished.push(await summa.finish(orderNo));
  }
  const [catalogue] = finished;
  const isNumbered = catalogue !== undefined && summa.invoice(catalogue).invoiceNo !== null;
  if (isNumbered) await summa.credit(catalogue, [{ id: '2', text: 'Kredit visitkort, feltryck' }]);
}

/** What Summa says of its invoices, and whether source, hub and ledger agree about them. */
export async function printShopResult(
  { hub }: Pick<Rig, 'hub'>,
  { summa, company, flow }: PrintShop,
): Promise<PrintShopResult> {
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  const period = { from: today, to: today };
  const invoices = summa.invoices();
  return {
    flow: `${flow.source.name} → ${flow.target.name}`,
    invoices: invoices.length,
    numbered: invoices.filter(({ invoiceNo }) => invoiceNo !== null).length,
    complaints: summa.complaints(),
    result: await reconcileFlow(hub, { company, flow, period }),
  };
}
