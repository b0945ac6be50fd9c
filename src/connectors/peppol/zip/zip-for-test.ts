import { crc32, deflateRawSync } from 'node:zlib';

/** A file to pack. What is not said is as an ordinary program packs it. */
export type Packed = {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** What the zip says of it instead of what is true. */
  readonly crc?: number;
  readonly bytes?: number;
};

type Part = { readonly local: Buffer; readonly central: (offset: number) => Buffer };

/** A zip whose entries stand one after the other, and its directory behind the last. */
export function zipOf(files: readonly Packed[], comment = ''): Buffer {
  return Buffer.concat([...zipParts(files, comment)]);
}

/** A part for each entry; the directory belongs to the last. */
export function zipParts(files: readonly Packed[], comment = ''): readonly Buffer[] {
  const parts = files.map((file) => partOf(file));
  const locals = parts.map(({ local }) => local);
  let offset = 0;
  const centrals = parts.map(({ local, central }) => {
    const header = central(offset);
    offset += local.length;
    return header;
  });
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06_05_4b_50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  const last = Buffer.concat([
    locals.at(-1) ?? Buffer.alloc(0),
    directory,
    end,
    Buffer.from(comment),
  ]);
  return [...locals.slice(0, -1), last];
}

function partOf({ name, content, method = 8, flags = 0, crc, bytes }: Packed): Part {
  const plain = Buffer.from(content);
  const packed = method === 8 ? deflateRawSync(plain) : plain;
  // Flags, method, time and day, checksum and sizes stand in both headers in the same order.
  const shared = Buffer.alloc(26);
  const hasSizesBehind = (flags & 8) !== 0;
  const write = (isLocal: boolean): Buffer => {
    const isSaid = !(isLocal && hasSizesBehind);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(isSaid ? (crc ?? crc32(plain)) : 0, 10);
    shared.writeUInt32LE(isSaid ? packed.length : 0, 14);
    shared.writeUInt32LE(isSaid ? (bytes ?? plain.length) : 0, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    return Buffer.from(shared);
  };
  const behind = hasSizesBehind ? Buffer.concat([Buffer.from('PK\u0007\u0008'), sizes()]) : '';
  function sizes(): Buffer {
    const said = Buffer.alloc(12);
    said.writeUInt32LE(crc32(plain), 0);
    said.writeUInt32LE(packed.length, 4);
    said.writeUInt32LE(plain.length, 8);
    return said;
  }
  return {
    local: Buffer.concat([
      Buffer.from('PK\u0003\u0004'),
      write(true),
      Buffer.from(name),
      packed,
      Buffer.from(behind),
    ]),
    central: (offset) => {
      const rest = Buffer.alloc(14);
      rest.writeUInt32LE(offset, 10);
      const start = Buffer.from('PK\u0001\u0002\u0014\u0000');
      return Buffer.concat([start, write(false), rest, Buffer.from(name)]);
    },
  };
}
