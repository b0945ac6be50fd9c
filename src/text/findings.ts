import type { Finding } from '../domain/document/finding.ts';
import { numbersMissing } from '../domain/document/report-numbers.ts';
import type { Language } from '../domain/posting/words.ts';
import { settingText } from './source-settings.ts';
import { readOn, type Surface } from './surface.ts';

/** Where, which day, and what is missing between which numbers. */
type FindingTexts = {
  readonly till: (store: string, register: string | null) => string;
  readonly report: (till: string, day: string) => string;
  readonly gap: (till: string, day: string, numbers: string) => string;
  readonly webhookOff: (host: string, day: string) => string;
  /** What a person does about it, and whether orders wait for that. */
  readonly settingChanged: (what: string, holds: boolean) => string;
};

const TEXTS: Readonly<Record<Language, FindingTexts>> = {
  sv: {
    till: (store, register) => `butik ${store}${register === null ? '' : ` kassa ${register}`}`,
    report: (till, day) => `${day} ${till}: dagsrapporten saknas.`,
    gap: (till, day, numbers) => `${day} ${till}: ${numbers} saknas före den dagens rapport.`,
    webhookOff: (host, day) =>
      `${day} ${host}: webhooken är avslagen, inget har kommit fram på flera dagar. Slå på den ` +
      'igen när mottagaren svarar.',
    settingChanged: (what, holds) =>
      `${what} Säg att det stämmer, eller ändra tillbaka i butiken` +
      (holds ? ': tills dess hålls dess beställningar.' : '.'),
  },
  nb: {
    till: (store, register) => `butikk ${store}${register === null ? '' : ` kasse ${register}`}`,
    report: (till, day) => `${day} ${till}: dagsoppgjøret mangler.`,
    gap: (till, day, numbers) => `${day} ${till}: ${numbers} mangler før den dagens oppgjør.`,
    webhookOff: (host, day) =>
      `${day} ${host}: webhooken er slått av, ingenting har kommet fram på flere dager. Slå den ` +
      'på igjen når mottakeren svarer.',
    settingChanged: (what, holds) =>
      `${what} Si at det stemmer, eller endre tilbake i butikken` +
      (holds ? ': til da holdes bestillingene.' : '.'),
  },
  en: {
    till: (store, register) => `store ${store}${register === null ? '' : ` till ${register}`}`,
    report: (till, day) => `${day} ${till}: the day report is missing.`,
    gap: (till, day, numbers) => `${day} ${till}: ${numbers} is missing before that day’s report.`,
    webhookOff: (host, day) =>
      `${day} ${host}: the webhook is switched off, nothing has got through for days. Switch it ` +
      'on again when its receiver answers.',
    settingChanged: (what, holds) =>
      `${what} Say that it is right, or change it back in the shop` +
      (holds ? ': until then its orders are held.' : '.'),
  },
};

/** The finding in words, in the reader's language. */
export function describeFinding(
  finding: Finding,
  language: Language,
  surface: Surface = 'terminal',
): string {
  const texts = TEXTS[language];
  if (finding.kind === 'webhook-off') return texts.webhookOff(finding.host, finding.day);
  if (finding.kind === 'shop-setting-changed') {
    const { shop, setting, was, now, day, holds } = finding;
    const [name, means] = settingText(setting, language);
    const change = `${was || '–'} → ${now || '–'}`;
    const said = texts.settingChanged(`${day} ${shop}: ${name}: ${change}. ${means}`, holds);
    return readOn(surface, said);
  }
  const { store, register, day } = finding;
  const till = texts.till(store, register === 'ALL' ? null : register);
  if (finding.kind === 'report-missing') return texts.report(till, day);
  return texts.gap(till, day, numbersMissing(finding));
}
