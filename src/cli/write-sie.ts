import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dayAt } from '../domain/date.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import { SieUse, sieVoucher } from '../domain/sie/from-vouchers.ts';
import { writeSieStream } from '../domain/sie/writer.ts';
import { CommandError } from './context.ts';

/** What wrote the file, as it says itself. */
const PROGRAM = { name: 'Bokbro', version: '0.1' };

/**
 * Writes vouchers as a SIE 4I file in constant memory. They are asked for twice: first for what
 * they use, which a file declares at its head, then to be written. The file appears when it is
 * whole.
 *
 * @returns how many vouchers it holds
 * @throws CommandError with every reason why there is no such file
 */
export async function writeSieImport(
  path: string,
  companyName: string,
  vouchers: () => AsyncIterable<Voucher>,
): Promise<number> {
  const use = new SieUse();
  for await (const voucher of vouchers()) use.add(voucher);
  const writtenOn = dayAt(new Date(), 'Europe/Stockholm');
  const head = use.head({ companyName, program: PROGRAM, writtenOn });
  const options = { characters: 'transliterate', checksum: true } as const;
  const unfinished = `${path}.unfinished`;
  const file = createWriteStream(unfinished);
  let count = 0;
  for await (const piece of writeSieStream(head, rows(vouchers()), options)) {
    if (piece.kind === 'bytes' && !file.write(piece.bytes)) await once(file, 'drain');
    if (piece.kind === 'end') count = piece.result.vouchers;
    if (piece.kind !== 'refused') continue;
    file.destroy();
    await rm(unfinished, { force: true });
    const says = piece.problems.map((problem) => problem.message).join('\n  ');
    throw new CommandError(`The SIE file cannot be written:\n  ${says}`);
  }
  file.end();
  await once(file, 'finish');
  await rename(unfinished, path);
  return count;
}

async function* rows(vouchers: AsyncIterable<Voucher>) {
  for await (const voucher of vouchers) yield sieVoucher(voucher);
}
