import iconv from 'iconv-lite';
import type { FileTrial, FixtureTrial, Sample } from '../../testing/file-source-contract/trial.ts';
import { fixture, fixtureProfile } from './read-for-test.ts';

const PROFILES = ['minbutik-export-wide-cp1252-profile.json', 'same-report-wide-profile.json'];

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: { stores: ['1234'], profiles: PROFILES.map(fixtureProfile) },
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
  ],
  besides: PROFILES,
  samples: [tidyCsv(), tidyXml(), sie(), wideCsv()],
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
