/** Code page 437 from 0x80 up, as IBM drew it. Below it is ASCII. */
const UPPER =
  'ÇüéâäàåçêëèïîìÄÅ' +
  'ÉæÆôöòûùÿÖÜ¢£¥₧ƒ' +
  'áíóúñÑªº¿⌐¬½¼¡«»' +
  '░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧' +
  '╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩' +
  '≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Byte of every character above ASCII that the page has. */
const BYTES: ReadonlyMap<number, number> = new Map(
  [...UPPER].map((character, index) => [character.charCodeAt(0), 0x80 + index]),
);

/** What is written for common characters that the code page lacks. */
const NEAR: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '´': "'",
  '”': "'",
  '“': "'",
  '–': '-',
  '—': '-',
  '€': 'EUR',
  '…': '...',
  Ø: 'O',
  ø: 'o',
  '\u2212': '-',
};

const UNKNOWN = '?'.charCodeAt(0);
const ASCII_END = 0x80;
const LONGEST_NEAR = 3;

/** Text in code page 437. What it cannot hold becomes something near, or a question mark. */
export function encodeCp437(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * LONGEST_NEAR);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < ASCII_END) {
      bytes[length] = code;
      length += 1;
    } else if (!isSecondHalf(code)) {
      for (const byte of bytesOf(code)) {
        bytes[length] = byte;
        length += 1;
      }
    }
  }
  return bytes.subarray(0, length);
}

function bytesOf(code: number): readonly number[] {
  const byte = BYTES.get(code);
  if (byte !== undefined) return [byte];
  const near = NEAR[String.fromCharCode(code)];
  return near === undefined ? [UNKNOWN] : [...near].map((one) => one.charCodeAt(0));
}

/** Of a character that takes two code units: the first stands for it. */
function isSecondHalf(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
