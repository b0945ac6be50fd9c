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

const BYTES: ReadonlyMap<string, number> = new Map(
  [...UPPER].map((character, index) => [character, 0x80 + index]),
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

/** Text in code page 437. What it cannot hold becomes something near, or a question mark. */
export function encodeCp437(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    for (const one of NEAR[character] ?? character) {
      const code = one.charCodeAt(0);
      bytes.push(code < ASCII_END ? code : (BYTES.get(one) ?? UNKNOWN));
    }
  }
  return Uint8Array.from(bytes);
}
