import type { Language } from '../domain/posting/words.ts';
import type { ConnectionReason, ConnectionReasonCode } from '../ports/connection-reason.ts';

/** A fact by its name; a missing one reads as empty. */
type Facts = (name: string) => string;

type Texts = Readonly<Record<ConnectionReasonCode, (facts: Facts) => string>>;

const sv: Texts = {
  'login-ended': (f) =>
    `Inloggningen gäller inte längre. Anslut igen; hubben prövar den gamla en gång i timmen. ` +
    `Svaret var: ${f('why')}`,
  'mend-there': (f) =>
    `En licens, en behörighet eller en inställning saknas där. Rätta det och testa ` +
    `anslutningen, så går den igång igen. ` +
    `Svaret var: ${f('why')}`,
  disconnected: (f) => `${f('name')} kopplades från av ${f('by')}. Anslut igen.`,
  said: (f) => f('why'),
};

const nb: Texts = {
  'login-ended': (f) =>
    `Innloggingen gjelder ikke lenger. Koble til igjen; huben prøver den gamle en gang i timen. ` +
    `Svaret var: ${f('why')}`,
  'mend-there': (f) =>
    `En lisens, en rettighet eller en innstilling mangler der. Rett det og test ` +
    `tilkoblingen, så går den i gang igjen. ` +
    `Svaret var: ${f('why')}`,
  disconnected: (f) => `${f('name')} ble koblet fra av ${f('by')}. Koble til igjen.`,
  said: (f) => f('why'),
};

const en: Texts = {
  'login-ended': (f) =>
    `The login does not hold any more. Connect again; the hub tries the old one once an hour. ` +
    `It answered: ${f('why')}`,
  'mend-there': (f) =>
    `A licence, a right or a setting is missing there. Mend it and test the connection: it goes ` +
    `on then. ` +
    `It answered: ${f('why')}`,
  disconnected: (f) => `${f('name')} was disconnected by ${f('by')}. Connect it again.`,
  said: (f) => f('why'),
};

const TEXTS: Readonly<Record<Language, Texts>> = { sv, nb, en };

/** Why a connection waits for a person, and what to do, in the reader's language. */
export function describeConnectionReason(
  { code, facts }: ConnectionReason,
  language: Language,
): string {
  return TEXTS[language][code]((name) => facts[name] ?? '');
}
