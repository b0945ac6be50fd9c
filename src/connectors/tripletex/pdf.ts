import { createHash } from 'node:crypto';
import type { FileContent } from '../../ports/target.ts';

/** A4 in points, and lines of a till's report in Courier. */
const PAGE = { width: 595, height: 842, margin: 40, size: 8, leading: 10 };
const CHARS_MAX = 106;
const LINES_OF_A_PAGE = 75;
/** What is longer is read in the file itself, which is embedded whole. */
const PAGES_MAX = 40;

/** Signs of the texts of tills that Windows-1252 has beside those of Latin-1. */
const CP1252: Readonly<Record<string, number>> = { '€': 0x80, '–': 0x96, '—': 0x97, '’': 0x92 };

/**
 * A PDF that shows a text file and holds its bytes unchanged as an embedded file.
 *
 * Tripletex keeps vouchers' documentation as PDF and pictures only, and the documentation of a
 * day's takings is a file of a till. Made byte by byte, so that the same file gives the same PDF.
 */
export function asPdf(file: FileContent, name: string): Uint8Array {
  const pages = pagesOf(file);
  const firstPage = 6;
  const objects: Uint8Array[] = [
    text(
      '<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles ' +
        `<< /Names [(${plain(name)}) 4 0 R] >> >> >>`,
    ),
    text(
      `<< /Type /Pages /Count ${pages.length} /Kids [${pages
        .map((_, index) => `${firstPage + 2 * index} 0 R`)
        .join(' ')}] >>`,
    ),
    text('<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>'),
    text(`<< /Type /Filespec /F (${plain(name)}) /EF << /F 5 0 R >> >>`),
    stream('/Type /EmbeddedFile', file.bytes),
    ...pages.flatMap((lines, index) => [
      text(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] ` +
          `/Resources << /Font << /F1 3 0 R >> >> /Contents ${firstPage + 2 * index + 1} 0 R >>`,
      ),
      stream('', content(lines)),
    ]),
  ];
  return whole(objects, createHash('md5').update(file.bytes).digest('hex'));
}

/** Lines as they are shown: a file that is no text is only named by its kind and size. */
function pagesOf({ mediaType, bytes }: FileContent): readonly (readonly string[])[] {
  const isText = /^(?:text\/|application\/(?:xml|json|x-sie))/.test(mediaType);
  const said = isText
    ? new TextDecoder('utf-8').decode(bytes)
    : `${mediaType}, ${bytes.length} bytes: the file is embedded in this document.`;
  const lines = said.split(/\r\n|\r|\n/).flatMap(wrapped);
  const pages: string[][] = [];
  for (let at = 0; at < lines.length && pages.length < PAGES_MAX; at += LINES_OF_A_PAGE) {
    pages.push(lines.slice(at, at + LINES_OF_A_PAGE));
  }
  if (lines.length > PAGES_MAX * LINES_OF_A_PAGE) pages.at(-1)?.push('...');
  return pages;
}

function wrapped(line: string): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < line.length; at += CHARS_MAX) pieces.push(line.slice(at, at + CHARS_MAX));
  return pieces.length === 0 ? [''] : pieces;
}

function content(lines: readonly string[]): Uint8Array {
  const top = PAGE.height - PAGE.margin;
  const start = `BT /F1 ${PAGE.size} Tf ${PAGE.leading} TL ${PAGE.margin} ${top} Td\n`;
  const shown = lines.map((line) => Buffer.concat([text('('), encoded(line), text(") '\n")]));
  return Buffer.concat([text(start), ...shown, text('ET\n')]);
}

/** One byte a sign, with PDF's own three escaped; a sign that the font lacks is a question mark. */
function encoded(line: string): Uint8Array {
  const bytes = [...line].flatMap((sign) => {
    if (sign === '(' || sign === ')' || sign === '\\') return [0x5c, sign.charCodeAt(0)];
    const code = CP1252[sign] ?? sign.codePointAt(0) ?? 0;
    if (code < 0x20) return [0x20];
    return [code > 0xff ? 0x3f : code];
  });
  return Uint8Array.from(bytes);
}

function stream(head: string, bytes: Uint8Array): Uint8Array {
  const start = `<< ${head} /Length ${bytes.length} >>\nstream\n`;
  return Buffer.concat([text(start), bytes, text('\nendstream')]);
}

/** The objects, numbered from 1, with the table of where each begins. */
function whole(objects: readonly Uint8Array[], id: string): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = parts[0]?.length ?? 0;
  const starts = objects.map((object, index) => {
    const start = at;
    const part = Buffer.concat([text(`${index + 1} 0 obj\n`), object, text('\nendobj\n')]);
    parts.push(part);
    at += part.length;
    return start;
  });
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  return Buffer.concat([
    ...parts,
    text(`xref\n0 ${count}\n0000000000 65535 f \n${table}`),
    text(`trailer\n<< /Size ${count} /Root 1 0 R /ID [<${id}> <${id}>] >>\n`),
    text(`startxref\n${at}\n%%EOF\n`),
  ]);
}

function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9._ -]/g, '_');
}

function text(said: string): Uint8Array {
  return Buffer.from(said, 'latin1');
}
