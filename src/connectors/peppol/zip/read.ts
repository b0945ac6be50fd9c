import type { Problem } from '../../../ports/source.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import type { Survey } from '../bytes/survey.ts';
import { contradicts, readDirectory, type BrokenZip, type ZipEntry } from './directory.ts';
import { refusalOf, Unpacking } from './unpack.ts';

/** An entry of a zip with what its bytes were read as, or why they cannot be. */
export type ZipItem<T> =
  | { readonly kind: 'entry'; readonly name: string; readonly read: T }
  | { readonly kind: 'damaged'; readonly name: string; readonly problem: Problem }
  | BrokenZip;

/**
 * Reads each entry of a zip with `read`, in the order of the file, one at a time.
 *
 * Damage inside an entry is the entry's alone. Where an entry's own header says otherwise than the
 * directory the zip is broken, and that is its last item: nobody knows which of them is right.
 *
 * @throws what opening or reading the file throws
 */
export async function* readZip<T>(
  { survey, open }: { readonly survey: Survey; open(): AsyncIterable<Uint8Array> },
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): AsyncGenerator<ZipItem<T>> {
  const directory = readDirectory(survey);
  if (directory.kind === 'broken') return yield directory;
  const reader = new ByteReader(open());
  try {
    for (const entry of directory.entries) {
      const contradiction = await enter(entry, reader);
      if (contradiction !== null) return yield contradiction;
      if (!isFile(entry.name)) continue;
      yield await readEntry(entry, reader, read);
    }
  } finally {
    await reader.close();
  }
}

async function readEntry<T>(
  entry: ZipEntry,
  reader: ByteReader,
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<ZipItem<T>> {
  const { name } = entry;
  const refusal = refusalOf(entry);
  if (refusal !== null) return { kind: 'damaged', name, problem: refusal };
  const unpacking = new Unpacking(entry, reader);
  const found = await read(unpacking.bytes());
  const problem = await unpacking.finish();
  return problem === null
    ? { kind: 'entry', name, read: found }
    : { kind: 'damaged', name, problem };
}

/** Folders, and what macOS puts beside files. */
function isFile(name: string): boolean {
  return !/(?:^__MACOSX\/)|\/$|(?:(?:^|\/)\.DS_Store$)/.test(name);
}

const HEADER_MARK = 0x04_03_4b_50;
const HEADER_BYTES = 30;
/** The sizes stand behind the entry's bytes, and its header holds none. */
const SIZES_BEHIND = 8;

/** Goes to the entry's first packed byte. @returns how its own header and the directory differ */
async function enter(entry: ZipEntry, reader: ByteReader): Promise<BrokenZip | null> {
  if (reader.position > entry.offset) {
    return contradicts('offset', String(entry.offset), `≥ ${reader.position}`);
  }
  await reader.skipTo(entry.offset);
  const header = await reader.exactly(HEADER_BYTES);
  const name = header && (await reader.exactly(header.readUInt16LE(26)));
  const extra = header && (await reader.exactly(header.readUInt16LE(28)));
  if (header === null || name === null || extra === null) {
    return contradicts('entry', String(reader.position), entry.name);
  }
  if (header.readUInt32LE(0) !== HEADER_MARK || !name.equals(entry.rawName)) {
    return contradicts('entry', name.toString('utf8'), entry.name);
  }
  const own = [header.readUInt16LE(6), header.readUInt16LE(8)];
  const said = [entry.flags, entry.method];
  if ((entry.flags & SIZES_BEHIND) === 0) {
    own.push(header.readUInt32LE(14), header.readUInt32LE(18), header.readUInt32LE(22));
    said.push(entry.crc, entry.packedBytes, entry.bytes);
  }
  const isSame = own.every((value, index) => value === said[index]);
  return isSame ? null : contradicts(`header of ${entry.name}`, own.join(' '), said.join(' '));
}
