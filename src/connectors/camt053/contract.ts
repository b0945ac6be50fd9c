import type { FileTrial, Sample } from '../../testing/file-source-contract/trial.ts';

const BANK = 'SE4550000000058398257466';

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: { entries: [{ contains: 'kedjekonto', kind: 'transfer', as: 'KEDJA' }] },
  fixtures: [
    {
      file: 'foretagskonto-2026-05.xml',
      documents: ['2026-05-15', '2026-05-20', '2026-05-29', '2026-05-31'].map((day) =>
        statement(BANK, day),
      ),
    },
    {
      file: 'tva-konton-v02-latin1.xml',
      documents: [statement('5839-8257466', '2026-05-04'), statement('5839-9917201', '2026-05-04')],
    },
    {
      file: 'insattningar-054-2026-05-06.xml',
      documents: ['B506-SWISH', 'B506-77'].map((reference) => {
        return { kind: 'payout', ref: `camt053/${BANK}/notification:${reference}` } as const;
      }),
    },
  ],
  besides: [],
  samples: [threeStatements()],
};

function statement(account: string, day: string) {
  return { kind: 'account-statement', ref: `camt053/${account}/statement:${day}` } as const;
}

/** Statements of accounts so different that no damage turns one into another. */
function threeStatements(): Sample {
  const parts = ['1111-1111', '44-44-44-44', '777777777777'].map((account) =>
    Buffer.from(
      `<Stmt><Id>${account}</Id><Acct><Id><Othr><Id>${account}</Id></Othr></Id></Acct>` +
        '<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">100.00</Amt>' +
        '<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-05-04</Dt></Dt></Bal>' +
        '<Ntry><Amt Ccy="SEK">12.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>' +
        '<BookgDt><Dt>2026-05-04</Dt></BookgDt><AddtlNtryInf>Lås</AddtlNtryInf></Ntry></Stmt>\n',
    ),
  );
  const head = Buffer.from(
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.04"><BkToCstmrStmt>\n',
  );
  const [first, second, third] = parts;
  const end = Buffer.from('</BkToCstmrStmt></Document>\n');
  // The end of the message belongs to the last part: damage there damages that.
  const last = Buffer.concat([third ?? end, end]);
  return {
    name: 'three statements in a message',
    head,
    parts: [first ?? end, second ?? end, last],
  };
}
