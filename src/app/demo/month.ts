import { present } from '../../lib/assert.ts';
import { formatMoney, money, type Money } from '../../domain/money.ts';
import { vatInGross } from '../../domain/vat/rates.ts';

/** A file as a store would drop it. */
export type DemoFile = { readonly name: string; readonly text: string };

/** The store of the demo. Its number and its takings are made up. */
export const DEMO_STORE = '1234';

const DAYS = 31;
const FIRST_REPORT = { '1': 412, '2': 188 } as const;
/** The month that is played: the latest whole one before the demo was written. */
const MONTH = '2026-10';

/** Days on which something is out of the ordinary. */
const DUPLICATED_DAY = 6;
const REVISED_DAY = 8;
const UNBALANCED_DAY = 23;

type Register = keyof typeof FIRST_REPORT;

/** The files of the month, and the one that comes when the month is in the books already. */
export type DemoMonth = { readonly files: readonly DemoFile[]; readonly revised: DemoFile };

/**
 * A month of one ICA store: a report for till 1 each day and for till 2 from Thursday to Sunday,
 * with everything such a store has: four VAT rates, card, Swish, cash, own and chain gift cards,
 * bonus, deposits sold and returned, gaming, parcels, credit sales, cash differences and rounding.
 *
 * One file comes twice under different names, one report does not balance, and one report comes
 * again with other figures after it was booked. The same month each time.
 */
export function demoMonth(): DemoMonth {
  const chance = seeded(20_261_031);
  const files: DemoFile[] = [];
  const numbers = { ...FIRST_REPORT } as Record<Register, number>;
  let revised: DemoFile | null = null;
  for (let day = 1; day <= DAYS; day += 1) {
    const date = `${MONTH}-${String(day).padStart(2, '0')}`;
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    const registers: Register[] = weekday === 0 || weekday >= 4 ? ['1', '2'] : ['1'];
    const reports = registers.map((register) => {
      const report = takings({ date, weekday, register, number: numbers[register], chance });
      numbers[register] += 1;
      return report;
    });
    const name = `dagsrapport-${DEMO_STORE}-${date}.csv`;
    const [first, ...others] = reports;
    if (first === undefined) continue;
    if (day === UNBALANCED_DAY) {
      files.push({ name, text: csv([withCardMistyped(first), ...others]) });
      continue;
    }
    files.push({ name, text: csv(reports) });
    if (day === DUPLICATED_DAY) {
      files.push({ name: `kopia-av-${name}`, text: csv(reports) });
    }
    if (day === REVISED_DAY) {
      revised = { name: `rattad-${name}`, text: csv([withForgottenSale(first), ...others]) };
    }
  }
  return { files, revised: present(revised, 'the revised report') };
}

type Report = {
  readonly date: string;
  readonly register: Register;
  readonly number: string;
  readonly receipts: number;
  readonly rows: readonly Row[];
};

/** A row of the file. Amounts in öre. */
type Row = {
  readonly record: 'S' | 'A' | 'T' | 'P' | 'R' | 'D';
  readonly kind: string;
  readonly code: string;
  readonly label: string;
  readonly rate?: number;
  readonly gross: bigint;
  readonly vat?: bigint;
};

type Chance = () => number;

/** What the till took on one day. Money in is split over means of payment; card takes the rest. */
function takings(of: {
  readonly date: string;
  readonly weekday: number;
  readonly register: Register;
  readonly number: number;
  readonly chance: Chance;
}): Report {
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
function tillVat(gross: bigint, rate: number, chance: Chance): bigint {
  const exact = vatInGross(money(gross, 'SEK'), rate).minor;
  return rate === 0 ? 0n : exact + BigInt(Math.round((chance() - 0.5) * 4));
}

const whole = (öre: bigint): bigint => (öre / 100n) * 100n;
const hundreds = (öre: bigint): bigint => (öre / 10_000n) * 10_000n;

function sum(rows: readonly Row[]): bigint {
  return rows.reduce((total, one) => total + one.gross, 0n);
}

/** 100 kr fewer by card than were taken: the report does not balance. */
function withCardMistyped(report: Report): Report {
  return withCode(report, 'KORT', (row) => ({ ...row, gross: row.gross - 10_000n }));
}

/** The corrected report of a day: a sale of 250.00 by card had been left out. */
function withForgottenSale(report: Report): Report {
  const more = withCode(report, 'KORT', (row) => ({ ...row, gross: row.gross + 25_000n }));
  return withCode(more, '50', (row) => {
    return { ...row, gross: row.gross + 25_000n, vat: (row.vat ?? 0n) + 5_000n };
  });
}

function withCode(report: Report, code: string, change: (row: Row) => Row): Report {
  const rows = report.rows.map((one) => {
    return one.code === code && one.record !== 'D' ? change(one) : one;
  });
  return { ...report, rows };
}

const HEADER =
  'record;store_no;business_date;register;report_no;kind;code;label;' +
  'vat_rate;quantity;gross;vat;customer_no;reference';

function csv(reports: readonly Report[]): string {
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

function kronor(öre: bigint): string {
  const amount: Money = money(öre, 'SEK');
  return formatMoney(amount).replace('.', ',');
}

/** mulberry32: small, and the same on every machine. */
function seeded(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
