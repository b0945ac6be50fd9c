import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Context } from 'hono';
import { sha256 } from '../lib/json.ts';

/** Gives out the built web app. */
export type Pages = {
  /** A file of the app; the app itself for every other path, which it finds its way in by. */
  serve(c: Context): Promise<Response>;
};

type Packed = {
  readonly bytes: Buffer;
  readonly packed: Readonly<Partial<Record<'br' | 'gzip', Buffer>>>;
  readonly type: string;
  readonly etag: string;
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};

/** Names of files in this folder hold a hash of what is in them: they never change. */
const HASHED = '/assets/';
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Scripts are ours or none; styles may stand in the page, as the component library sets them there;
 * nobody shows the app inside a page of theirs.
 */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Opens the folder that the app is built into; it may be made later. */
export function openPages(folder: string): Pages {
  const kept = new Map<string, Promise<Packed>>();
  const fileOf = (path: string): Promise<Packed> | null => {
    const place = join(folder, normalize(path));
    if (!place.startsWith(folder + sep) || extname(path) === '' || !existsSync(place)) return null;
    const known = kept.get(place);
    if (known !== undefined) return known;
    const read = pack(place);
    // The app may be built anew while the hub runs: only what never changes is remembered.
    if (path.startsWith(HASHED)) kept.set(place, read);
    return read;
  };
  return {
    serve: async (c) => {
      const file = fileOf(c.req.path);
      if (file !== null) return give(c, await file);
      if (extname(c.req.path) !== '') return c.text('There is nothing here.', 404);
      const app = fileOf('/index.html');
      return app === null ? beingMade(c) : give(c, await app);
    },
  };
}

async function pack(place: string): Promise<Packed> {
  const bytes = await readFile(place);
  const type = TYPES[extname(place)] ?? 'application/octet-stream';
  const etag = `"${sha256(bytes).slice(0, 20)}"`;
  if (!/text|json|svg/.test(type)) return { bytes, packed: {}, type, etag };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } }),
    promisify(gzip)(bytes),
  ]);
  return { bytes, packed: { br, gzip: gz }, type, etag };
}

function give(c: Context, file: Packed): Response {
  const headers: Record<string, string> = {
    'content-type': file.type,
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': c.req.path.startsWith(HASHED) ? FOREVER : 'no-cache',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  };
  if (c.req.header('if-none-match') === file.etag) return c.body(null, 304, headers);
  const taken = c.req.header('accept-encoding') ?? '';
  const encoding = (['br', 'gzip'] as const).find((one) => taken.includes(one));
  const packed = encoding === undefined ? undefined : file.packed[encoding];
  if (packed === undefined || encoding === undefined) {
    return c.body(new Uint8Array(file.bytes), 200, headers);
  }
  return c.body(new Uint8Array(packed), 200, { ...headers, 'content-encoding': encoding });
}

/** After an install without scripts the app is built when the hub starts. */
function beingMade(c: Context): Response {
  const text =
    '<!doctype html><html lang="sv"><meta charset="utf-8"><title>Bokbro</title>' +
    '<meta name="viewport" content="width=device-width"><style>body{font:16px/1.5 system-ui;' +
    'max-width:32rem;margin:20vh auto;padding:0 1rem}</style><h1>Bokbro</h1>' +
    '<p>Sidan görs i ordning och visas strax av sig själv.<br>' +
    'Siden gjøres klar og vises straks av seg selv.<br>' +
    'The page is being made and shows itself in a moment.</p></html>';
  return c.html(text, 503, { refresh: '2', 'retry-after': '2', 'cache-control': 'no-store' });
}
