import { previewFiles, type PreviewItem } from '../../engine/preview.ts';
import type { Voucher } from '../../domain/posting/voucher.ts';
import { encodeJson } from '../../lib/json.ts';
import type { IncomingFile } from '../../ports/source.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { paint } from '../paint.ts';
import { previewJson, showPreview } from '../show/preview.ts';
import { writeSieImport } from '../write-sie.ts';
import { isHeld, looseTools, type FileOptions } from './plan.ts';

type SieOptions = Omit<FileOptions, 'company'> & {
  readonly out?: string;
  readonly name?: string;
  readonly json?: boolean;
};

/**
 * Files in, a SIE 4I file with their vouchers out. Nothing is kept: the same files give the same
 * vouchers again.
 */
export async function writeSieFile(
  context: CliContext,
  files: readonly IncomingFile[],
  options: SieOptions,
): Promise<ExitCode> {
  const { out } = options;
  if (out === undefined) throw new CommandError('Say where to: --out FILE.si');
  const tools = looseTools(context, options, null);
  const told: PreviewItem[] = [];
  async function* vouchers(): AsyncGenerator<Voucher> {
    told.length = 0; // The files are read twice; what there is to tell is told once.
    for await (const item of previewFiles(files, tools)) {
      if (item.kind === 'document' && item.outcome === 'plan') yield* item.vouchers;
      else if (item.kind !== 'guess') told.push(item);
    }
  }
  const count = await writeSieImport(out, options.name ?? 'Bokbro', vouchers);
  const { language } = context;
  if (options.json === true) {
    const documents = told.map((item) => previewJson(item, language)).filter((o) => o !== null);
    context.out(`${encodeJson({ out, vouchers: count, notBooked: documents }, 2)}\n`);
  } else {
    for (const item of told) context.out(showPreview(item, language, paint(context.hasColours)));
    context.out(`${count} vouchers written to ${out}\n`);
  }
  return told.some(isHeld) ? 1 : 0;
}
