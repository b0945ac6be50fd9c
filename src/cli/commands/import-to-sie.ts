import { writeFile } from 'node:fs/promises';
import { dayAt } from '../../domain/date.ts';
import { importFile } from '../../domain/sie/from-vouchers.ts';
import { writeSie } from '../../domain/sie/writer.ts';
import { previewFiles, type PreviewItem } from '../../engine/preview.ts';
import type { IncomingFile } from '../../ports/source.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { paint } from '../paint.ts';
import { previewJson, showPreview } from '../show/preview.ts';
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
  if (options.out === undefined) throw new CommandError('Say where to: --out FILE.si');
  const tools = looseTools(context, options, null);
  const items: PreviewItem[] = [];
  for await (const item of previewFiles(files, tools)) items.push(item);
  const vouchers = items.flatMap((item) =>
    item.kind === 'document' && item.outcome === 'plan' ? item.vouchers : [],
  );
  const written = writeSie(
    importFile(vouchers, {
      companyName: options.name ?? 'Bokbro',
      program: { name: 'Bokbro', version: '0.1' },
      writtenOn: dayAt(new Date(), 'Europe/Stockholm'),
    }),
    { characters: 'transliterate', checksum: true },
  );
  if (written.kind === 'refused') {
    const says = written.problems.map((problem) => problem.message).join('\n  ');
    throw new CommandError(`The SIE file cannot be written:\n  ${says}`);
  }
  await writeFile(options.out, written.bytes);
  report(context, items, { ...options, out: options.out, vouchers: vouchers.length });
  return items.some(isHeld) ? 1 : 0;
}

function report(
  context: CliContext,
  items: readonly PreviewItem[],
  to: { readonly out: string; readonly vouchers: number; readonly json?: boolean },
): void {
  const { language } = context;
  const told = items.filter((item) => item.kind !== 'document' || item.outcome !== 'plan');
  if (to.json === true) {
    const objects = items.map((item) => previewJson(item, language)).filter((o) => o !== null);
    const all = { out: to.out, vouchers: to.vouchers, documents: objects };
    context.out(`${JSON.stringify(all, null, 2)}\n`);
    return;
  }
  for (const item of told) context.out(showPreview(item, language, paint(context.hasColours)));
  context.out(`${to.vouchers} vouchers written to ${to.out}\n`);
}
