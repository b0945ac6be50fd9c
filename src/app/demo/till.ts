import { vatInGross } from '../../domain/vat/rates.ts';
import { money } from '../../domain/money.ts';
import { kronor } from './amounts.ts';
import { seeded, type Chance } from './chance.ts';

/** The store of the demo. Its number and its takings are made up. */
export const DEMO_STORE = '1234';

const FIRST_REPORT = { '1': 412, '2': 188 } as const;

type Register = keyof typeof FIRST_REPORT;

/** A till's report of one day. */
export type TillReport = {
  readonly date: string;
  readonly register: Register;
  readonly number: string;
  readonly receipts: number;
  readonly rows: readonly Row[];
};

/**
 * What the tills report on some days in a row, a list for each day: the second till is open from
 * Thursday to Sunday. They hold everything such a store has: four VAT rates, card, Swish, cash, own
 * and chain gift cards, bonus, deposits sold and returned, gaming, parcels, credit sales, cash
 * differences and rounding. The same reports each time.
 */
export function tillReports(days: readonly string[]): readonly (readonly TillReport[])[] {
  const chance = seeded(20_261_031);
  const numbers = { ...FIRST_REPORT } as Record<Register, number>;
  return days.map((date) => {
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    const registers: Register[] = weekday === 0 || weekday >= 4 ? ['1', '2'] : ['1'];
    return registers.map((register) => {
      const report = takings({ date, weekday, register, number: numbers[register], chance });
      numbers[register] += 1;
      return report;
    });
  });
}

/** A row of a report. Amounts in öre. */
type Row = {
  readonly record: 'S' | 'A' | 'T' | 'P' | 'R' | 'D';
  readonly kind: string;
  readonly code: string;
  readonly label: string;
  readonly rate?: number;
  readonly gross: bigint;
  readonly vat?: bigint;
};

/** What the till took on one day. Money in is split over means of payment; card takes the rest. */
function takings(of: {
  readonly date: string;
  readonly weekday: number;
  readonly register: Register;
  readonly number: number;
  readonly chance: Chance;
}): TillReport {
  const { chance, register, weekday } = of;
  // Fridays and Saturdays are large; the second till is the small one.
  const busy = (weekday === 5 || weekday === 6 ? 1.6 : 1) * (register === '1' ? 1 : 0.4);
  const some: Some = (kronor) => BigInt(Math.round(kronor * busy * (0.8 + 0.4 * chance()) * 100));
  const receipts = Math.round(900 * busy * (0.9 + 0.2 * chance()));
  const sold = [...sales(some, chance), ...depositsSold(some, chance), ...forOthers(some)];
  const paidOut = paidOutOf(some, chance);
  const rounding = BigInt(Math.round((chance() - 0.5) * 400));
  const tenders = pay(sum(sold) - sum(paidOut) - rounding, some);
  const cash = tenders.find((row) => row.code === 'KONTANT')?.gross ?? 0n;
  return {
    ...of,
    number: `Z-${String(of.number).padStart(6, '0')}`,
    receipts,
    rows: [
      ...sold,
      ...tenders,
      ...paidOut,
      row('R', 'cash_rounding', { code: 'ORE', label: 'Öresavrundning', gross: rounding }),
      row('D', 'cash_count', {
        code: 'KONTANT',
        label: 'Räknad kassa',
        gross: cash + counted(chance),
      }),
    ],
  };
}

/** Around so many kronor, in öre. */
type Some = (kronor: number) => bigint;

function sales(some: Some, chance: Chance): Row[] {
  const sold = (code: string, label: string, taxed: Taxed): Row =>
    row('S', 'sale', { code, label, ...withVat(taxed, chance) });
  return [
    sold('21', 'Kolonial och färskvaror', { rate: 600, gross: some(52_000) }),
    sold('24', 'Frukt och grönt', { rate: 600, gross: some(14_500) }),
    sold('29', 'Café och servering', { rate: 1200, gross: some(2_300) }),
    sold('50', 'Hygien, tobak och öl', { rate: 2500, gross: some(19_800) }),
    sold('90', 'Frimärken, momsfritt', { rate: 0, gross: some(240) }),
  ];
}

function depositsSold(some: Some, chance: Chance): Row[] {
  const sold = (code: string, label: string, taxed: Taxed): Row =>
    row('A', 'deposit_in', { code, label, ...withVat(taxed, chance) });
  return [
    sold('PANT6', 'Pant såld, alkoholfritt', { rate: 600, gross: whole(some(960)) }),
    sold('PANT25', 'Pant såld, öl', { rate: 2500, gross: whole(some(180)) }),
  ];
}

function forOthers(some: Some): Row[] {
  const gross = { gaming: whole(some(3_900)), parcels: whole(some(380)) };
  return [
    row('A', 'agency_in', { code: 'SPEL', label: 'Svenska Spel och ATG', gross: gross.gaming }),
    row('A', 'agency_in', { code: 'PAKET', label: 'Paketombud', gross: gross.parcels }),
    row('A', 'giftcard_sold', {
      code: 'PK-EGET',
      label: 'Egna presentkort sålda',
      gross: hundreds(some(900)),
    }),
  ];
}

function paidOutOf(some: Some, chance: Chance): Row[] {
  const back = (code: string, label: string, taxed: Taxed): Row =>
    row('P', 'deposit_out', { code, label, ...withVat(taxed, chance) });
  return [
    back('PANTRET6', 'Pantkvitton, alkoholfritt', { rate: 600, gross: whole(some(1_700)) }),
    back('PANTRET25', 'Pantkvitton, öl', { rate: 2500, gross: whole(some(220)) }),
    row('P', 'agency_out', { code: 'SPELVINST', label: 'Spelvinster', gross: whole(some(2_100)) }),
  ];
}

function pay(due: bigint, some: Some): Row[] {
  const others: Row[] = [
    tender('SWISH', 'Swish', some(5_600)),
    tender('KONTANT', 'Kontant', whole(some(8_900))),
    tender('ICAPK', 'ICA presentkort', hundreds(some(1_100))),
    tender('EGETPK', 'Egna presentkort inlösta', hundreds(some(700))),
    tender('BONUS', 'Bonuscheckar', whole(some(1_900))),
    tender('KREDIT', 'Kundkredit', some(5_300)),
  ];
  return [tender('KORT', 'Kontokort', due - sum(others)), ...others];
}

/** The drawer is right on most days, and a little off on some. */
function counted(chance: Chance): bigint {
  return chance() < 0.7 ? 0n : BigInt(Math.round((chance() - 0.6) * 60)) * 100n;
}

type Taxed = { readonly rate: number; readonly gross: bigint };

function row(record: Row['record'], kind: string, rest: Omit<Row, 'record' | 'kind'>): Row {
  return { record, kind, ...rest };
}

function tender(code: string, label: string, gross: bigint): Row {
  return row('T', 'tender', { code, label, gross });
}

function withVat({ rate, gross }: Taxed, chance: Chance) {
  return { rate, gross, vat: tillVat(gross, rate, chance) };
}

/** VAT as a till adds it up, rounded on each receipt: an öre or two beside base × rate. */
export function tillVat(gross: bigint, rate: number, chance: Chance): bigint {
  const exact = vatInGross(money(gross, 'SEK'), rate).minor;
  return rate === 0 ? 0n : exact + BigInt(Math.round((chance() - 0.5) * 4));
}

const whole = (öre: bigint): bigint => (öre / 100n) * 100n;
const hundreds = (öre: bigint): bigint => (öre / 10_000n) * 10_000n;

function sum(rows: readonly Row[]): bigint {
  return rows.reduce((total, one) => total + one.gross, 0n);
}

/** What a report says was paid by one means, in öre. */
export function takenBy({ rows }: TillReport, code: string): bigint {
  return sum(rows.filter((row) => row.record === 'T' && row.code === code));
}

/** 100 kr fewer by card than were taken: the report does not balance. */
export function withCardMistyped(report: TillReport): TillReport {
  return withCode(report, 'KORT', (row) => ({ ...row, gross: row.gross - 10_000n }));
}

/** The corrected report of a day: a sale of 250.00 by card had been left out. */
export function withForgottenSale(report: TillReport): TillReport {
  const more = withCode(report, 'KORT', (row) => ({ ...row, gross: row.gross + 25_000n }));
  return withCode(more, '50', (row) => {
    return { ...row, gross: row.gross + 25_000n, vat: (row.vat ?? 0n) + 5_000n };
  });
}

function withCode(report: TillReport, code: string, change: (row: Row) => Row): TillReport {
  const rows = report.rows.map((one) => {
    return one.code === code && one.record !== 'D' ? change(one) : one;
  });
  return { ...report, rows };
}

const HEADER =
  'record;store_no;business_date;register;report_no;kind;code;label;' +
  'vat_rate;quantity;gross;vat;customer_no;reference';

/** The reports as MinButik writes them. */
export function reportsCsv(reports: readonly TillReport[]): string {
  const lines = reports.flatMap((report) => {
    const { date, register, number, receipts, rows } = report;
    const identity = `${DEMO_STORE};${date};${register};${number}`;
    const [gross, vat] = [kronor(takenIn(rows)), kronor(signedVat(rows))];
    return [
      `H;${identity};day_report;;Dagsrapport;;${receipts};${gross};${vat};;`,
      ...rows.map((one) => {
        const rate = one.rate === undefined ? '' : String(one.rate / 100);
        const vatText = one.vat === undefined ? '' : kronor(one.vat);
        const said = [one.record, identity, one.kind, one.code, one.label, rate, ''];
        return [...said, kronor(one.gross), vatText, '', ''].join(';');
      }),
    ];
  });
  return `${[HEADER, ...lines].join('\n')}\n`;
}

function takenIn(rows: readonly Row[]): bigint {
  return sum(rows.filter((row) => row.record === 'S' || row.record === 'A'));
}

function signedVat(rows: readonly Row[]): bigint {
  return rows.reduce((total, row) => {
    const vat = row.vat ?? 0n;
    return row.kind === 'deposit_out' ? total - vat : total + vat;
  }, 0n);
}
