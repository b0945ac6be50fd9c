import { present } from '../../lib/assert.ts';
import type { SieDiagnostic } from './diagnostics.ts';
import { SieDiagnosticList } from './diagnostics.ts';
import type { SieChecksum } from './checksum.ts';
import type { SieEncoding } from './encoding.ts';
import type { SieType } from './model.ts';
import type { SieOutcome, SieSource } from './reader.ts';
import { SieReader, cutIntoPieces } from './reader.ts';

/** What `bokbro sie read FILE --json` prints. */
export type SieSummary = {
  /** Read from the bytes; `utf-8` also when they begin with a byte order mark. */
  readonly encoding: SieEncoding;
  /** null: not a SIE 1–4 file, or its type cannot be told. */
  readonly type: SieType | null;
  /** `#KONTO` records. */
  readonly accounts: number;
  /** `#VER` records. */
  readonly vouchers: number;
  /** `#TRANS` records; added and struck rows are not counted. */
  readonly rows: number;
  /** Vouchers whose rows do not sum to zero. */
  readonly unbalanced: number;
  /** null: the file has no `#KSUMMA`. */
  readonly checksum: SieChecksum | null;
  /** The first hundred of each code, by line, and `and-more` for the rest. */
  readonly diagnostics: readonly SieDiagnostic[];
};

/** Reads a file of any size in constant memory and says what it holds and what is wrong with it. */
export async function summarizeSie(source: SieSource): Promise<SieSummary> {
  const reader = new SieReader();
  const list = new SieDiagnosticList();
  for await (const bytes of source instanceof Uint8Array ? [source] : source) {
    for (const piece of cutIntoPieces(bytes)) {
      for (const item of reader.push(piece)) {
        if (item.kind === 'diagnostic') list.add(item.diagnostic);
      }
    }
  }
  let outcome: SieOutcome | null = null;
  for (const item of reader.end()) {
    if (item.kind === 'diagnostic') list.add(item.diagnostic);
    if (item.kind === 'end') outcome = item.outcome;
  }
  return summaryOf(present(outcome, 'the end of a SIE stream'), list);
}

function summaryOf(outcome: SieOutcome, list: SieDiagnosticList): SieSummary {
  const count = (label: string): number => outcome.counts.get(label) ?? 0;
  return {
    encoding: outcome.encoding,
    type: outcome.type,
    accounts: count('#KONTO'),
    vouchers: count('#VER'),
    rows: count('#TRANS'),
    unbalanced: outcome.unbalanced,
    checksum: outcome.checksum,
    diagnostics: list.list(),
  };
}
