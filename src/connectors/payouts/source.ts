import type { FileSource } from '../../ports/source.ts';
import { rejected } from '../../ports/problem.ts';
import { readJson } from './read-json.ts';
import type { PayoutSettings } from './settings.ts';
import { decodeFile } from '../../ports/decode-file.ts';
import { FILE_BYTES_MAX } from './limits.ts';
import { recordsAsTable } from './swish-records.ts';
import { readTable } from './table/read-table.ts';

/**
 * Settlement files of payment providers: tables and JSON, of any number of payouts.
 *
 * What stands in a file never throws. What opening or reading the file itself throws goes on to the
 * caller.
 */
export function payoutFiles(settings: PayoutSettings): FileSource {
  return {
    async *read(file) {
      const decoded = await decodeFile(file.open(), FILE_BYTES_MAX);
      if ('problem' in decoded) return yield rejected(decoded.problem);
      const { text } = decoded;
      if (/^\s*[[{]/.test(text)) return yield* readJson(text, settings);
      const table = recordsAsTable(text) ?? text;
      if (typeof table !== 'string') return yield rejected(table);
      yield* readTable(table, settings);
    },
  };
}
