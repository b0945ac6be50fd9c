import iconv from 'iconv-lite';
import type { FileTrial, FixtureTrial, Sample } from '../../testing/file-source-contract/trial.ts';
import { fixture, fixtureProfile } from './read-for-test.ts';

const PROFILES = [
  'minbutik-export-wide-cp1252-profile.json',
  'same-report-wide-profile.json',
  'minbutik-export-wide-xlsx-profile.json',
  'kedjekonto-profile.json',
];

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: { stores: ['1234'], chainNumber: '5599990032', profiles: PROFILES.map(fixtureProfile) },
  fixtures: [
    reports('dagsrapport-1234-2026-05-02.csv', ['2026-05-02:ALL:Z-000412']),
    reports('dagsrapport-1234-2026-05-02.xml', ['2026-05-02:ALL:Z-000412']),
    {
      file: 'dagsrapport-1234-2026-05-02.si',
      documents: [{ kind: 'ready-voucher', ref: 'minbutik/5599990016/K:412:2026-05-02' }],
    },
    reports('minbutik-export-wide-cp1252.csv', [
      '2026-05-02:ALL:Z-000412',
      '2026-05-03:ALL:Z-000413',
      '2026-05-04:ALL:Z-000414',
    ]),
    reports('same-report-wide.tsv', ['2026-05-02:ALL:Z-000412']),
    reports('minbutik-export-wide.xlsx', ['2026-05-02:ALL:Z-000412', '2026-05-03:ALL:Z-000413']),
    reports('skvfs-2021-16-mini.xml', ['2026-05-02:K03:412']),
    reports('saft-cash-mini.xml', ['2026-05-02:KASSE-1:412']),
    {
      file: 'kreditkop-1234-2026-05.csv',
      documents: [
        { kind: 'credit-purchases', ref: 'minbutik/1234/credit:2026-05:10017' },
        { kind: 'credit-purchases', ref: 'minbutik/1234/credit:2026-05:10044' },
      ],
    },
    {
      file: 'kedjekonto-1234-2026-05.csv',
      documents: ['05', '12', '14', '15', '29'].map((day) => {
        const ref = `minbutik/KEDJEKONTO-1234/statement:2026-05-${day}`;
        return { kind: 'account-statement', ref } as const;
      }),
    },
    {
      file: 'kreditkunder-1234.csv',
      documents: ['10017', '10044', '10051', '10060'].map((number) => {
        return { kind: 'customer', ref: `minbutik/1234/customer:${number}` } as const;
      }),
    },
    {
      file: 'icafaktura-1234-2026-05.csv',
      documents: [
        { kind: 'supplier-invoice', ref: 'minbutik/1234/invoice:7004512881' },
        { kind: 'supplier-invoice', ref: 'minbutik/1234/invoice:7004513002:credit' },
        { kind: 'supplier-invoice', ref: 'minbutik/1234/invoice:9100077' },
        { kind: 'supplier-invoice', ref: 'minbutik/1234/invoice:8800410' },
      ],
    },
  ],
  besides: PROFILES,
  samples: [
    ...[tidyCsv(), tidyXml(), sie(), wideCsv(), creditCsv(), tillJournal(), auditFile()],
    ...[invoiceCsv(), customersCsv(), statement()],
  ],
};

function reports(file: string, ids: readonly string[]): FixtureTrial {
  const documents = ids.map((id) => ({ kind: 'day-report', ref: `minbutik/1234/${id}` }) as const);
  return { file, documents };
}

/** The same report on each of three days, with a number of its own. */
function onThreeDays(text: string): readonly string[] {
  return [12, 13, 14].map((day) =>
    text
      .replaceAll('2026-05-02', `2026-05-${day}`)
      .replaceAll('20260502', `202605${day}`)
      .replaceAll('412', String(600 + day)),
  );
}

function tidyCsv(): Sample {
  const text = fixture('dagsrapport-1234-2026-05-02.csv').toString('utf8');
  const start = text.indexOf('\n') + 1;
  return {
    name: 'three days of tidy CSV',
    head: Buffer.from(text.slice(0, start)),
    parts: onThreeDays(text.slice(start)).map((part) => Buffer.from(part)),
  };
}

function tidyXml(): Sample {
  const text = fixture('dagsrapport-1234-2026-05-02.xml').toString('utf8');
  const [start, end] = [text.indexOf('  <report'), text.indexOf('</dayreports>')];
  const [first = '', second = '', third = ''] = onThreeDays(text.slice(start, end));
  return {
    name: 'three days of XML',
    head: Buffer.from(text.slice(0, start)),
    parts: [first, second, third + text.slice(end)].map((part) => Buffer.from(part)),
  };
}

function sie(): Sample {
  const text = iconv.decode(fixture('dagsrapport-1234-2026-05-02.si'), 'cp437');
  const start = text.indexOf('#VER');
  return {
    name: 'three vouchers of SIE',
    head: iconv.encode(text.slice(0, start), 'cp437'),
    parts: onThreeDays(text.slice(start)).map((part) => iconv.encode(part, 'cp437')),
  };
}

/** Three rows of the fixture; its sum row, which any damage would contradict, is left out. */
function wideCsv(): Sample {
  const text = iconv.decode(fixture('minbutik-export-wide-cp1252.csv'), 'windows-1252');
  const lines = text.split(/(?<=\n)/);
  return {
    name: 'three days of wide CSV',
    head: iconv.encode(lines.slice(0, 3).join(''), 'windows-1252'),
    parts: lines.slice(3, 6).map((line) => iconv.encode(line, 'windows-1252')),
  };
}

/** The purchases of three customers. */
function creditCsv(): Sample {
  const lines = fixture('kreditkop-1234-2026-05.csv')
    .toString('utf8')
    .split(/(?<=\n)/);
  const first = lines.slice(1, 3).join('');
  return {
    name: 'three customers of credit purchases',
    head: Buffer.from(lines.slice(0, 1).join('')),
    parts: ['100', '200', '300'].map((start) =>
      Buffer.from(first.replaceAll('10017', `${start}17`).replaceAll('88121', `${start}21`)),
    ),
  };
}

/** Three customers, with numbers that no single change makes each other's. */
function customersCsv(): Sample {
  const lines = fixture('kreditkunder-1234.csv')
    .toString('utf8')
    .split(/(?<=\n)/);
  const [head = '', first = ''] = lines;
  return {
    name: 'three customers',
    head: Buffer.from(head),
    parts: ['100', '200', '300'].map((start) => Buffer.from(first.replace('10017', `${start}17`))),
  };
}

/** Three invoices of the chain. */
function invoiceCsv(): Sample {
  const lines = fixture('icafaktura-1234-2026-05.csv')
    .toString('utf8')
    .split(/(?<=\n)/);
  return {
    name: 'three invoices of the chain',
    head: Buffer.from(lines.slice(0, 1).join('')),
    parts: lines.slice(1, 4).map((line) => Buffer.from(line)),
  };
}

/** Three days of one till, with numbers that no single change makes each other's. */
function tillJournal(): Sample {
  const text = fixture('skvfs-2021-16-mini.xml').toString('utf8');
  const start = text.indexOf('<utreko:Handelse>');
  const end = text.indexOf('</utreko:RegistreringLISTA>');
  const [first = '', second = '', third = ''] = [
    [12, '5512'],
    [13, '6623'],
    [14, '7734'],
  ].map(([day, number]) =>
    text
      .slice(start, end)
      .replaceAll('2026-05-02', `2026-05-${day}`)
      .replaceAll('>412<', `>${number}<`)
      .replaceAll('88120', `${number}0`),
  );
  return {
    name: 'three days of a till’s journal',
    head: Buffer.from(text.slice(0, start)),
    parts: [first, second, third + text.slice(end)].map((part) => Buffer.from(part)),
  };
}

/** Three registers of one SAF-T file, each with a day. */
function auditFile(): Sample {
  const text = fixture('saft-cash-mini.xml').toString('utf8');
  const start = text.indexOf('<cashregister>');
  const end = text.indexOf('</location>');
  const [first = '', second = '', third = ''] = ['5512', '6623', '7734'].map((number) =>
    text
      .slice(start, end)
      .replaceAll('KASSE-1', `KASSE-${number}`)
      .replaceAll('>412<', `>${number}<`),
  );
  return {
    name: 'three registers of SAF-T',
    head: Buffer.from(text.slice(0, start)),
    parts: [first, second, third + text.slice(end)].map((part) => Buffer.from(part)),
  };
}

/** Three accounts with a day each. The sum row, which any damage would contradict, is left out. */
function statement(): Sample {
  const lines = fixture('kedjekonto-1234-2026-05.csv')
    .toString('utf8')
    .split(/(?<=\n)/);
  const day = lines.slice(4, 6).join('');
  return {
    name: 'three accounts of a statement',
    head: Buffer.from(lines.slice(0, 4).join('')),
    parts: ['1111-1', '44-44-44', '7777777'].map((account) =>
      Buffer.from(day.replaceAll('KEDJEKONTO-1234', account)),
    ),
  };
}
