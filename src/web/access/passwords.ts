import { COMMON_WORDS } from './common-words.ts';

/** NIST SP 800-63B: length does more than signs of several kinds. */
export const PASSWORD_MIN = 12;
/** A hash of more takes long for nothing. */
export const PASSWORD_MAX = 128;

/** Why a password is not taken; null when it is. */
export type PasswordFault = 'too-short' | 'too-long' | 'too-common' | 'own-name';

/** Signs that must be left of a password when its common words and rows of keys are taken out. */
const OWN_SIGNS_MIN = 6;

/**
 * Whether a password can be guessed soon: it is short, or made of the commonest passwords, of signs
 * that repeat or follow each other, or of the person's own name.
 */
export function passwordFault(
  password: string,
  person: { readonly email: string; readonly name: string },
): PasswordFault | null {
  if (password.length < PASSWORD_MIN) return 'too-short';
  if (password.length > PASSWORD_MAX) return 'too-long';
  const plain = asWritten(password);
  const own = [...person.email.split(/[@.]/), ...person.name.split(/\s+/)];
  const names = own.map((name) => name.toLowerCase()).filter((name) => name.length > 3);
  const withoutNames = names.reduce((text, name) => text.replaceAll(name, ''), plain);
  if (withoutNames !== plain && ownSigns(withoutNames) < OWN_SIGNS_MIN) return 'own-name';
  return ownSigns(plain) < OWN_SIGNS_MIN ? 'too-common' : null;
}

/** What is left when everything common is taken out and what repeats counts once. */
function ownSigns(text: string): number {
  const rest = COMMON_WORDS.reduce((left, word) => left.replaceAll(word, ''), text)
    .replaceAll(/(.+?)\1+/g, '$1')
    .replaceAll(/\d{4,}$/g, '');
  return new Set(rest).size === 1 ? 1 : inOwnOrder(rest);
}

/** Signs that do not just follow the one before, as in `abcdef` and `987654`. */
function inOwnOrder(text: string): number {
  const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0);
  return codes.filter((code, i) => Math.abs(code - (codes[i - 1] ?? -9)) !== 1).length;
}

const WRITTEN_AS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

/** `P4ssw0rd` is `password` to everybody who guesses; a number stays one. */
function asWritten(password: string): string {
  const small = password.toLowerCase();
  return small.replaceAll(/(?<=[a-zåäöæø])[01345@$7](?=[a-zåäöæø@$0-9])/g, (sign) => {
    return WRITTEN_AS[sign] ?? sign;
  });
}
