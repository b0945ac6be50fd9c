import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { sv } from './text/sv.ts';

/** The languages of the app. */
export const LANGUAGES = ['sv', 'nb', 'en'] as const;

/** Languages to choose among, each in its own words. */
export const LANGUAGE_CHOICES = [
  { value: 'sv', label: 'Svenska' },
  { value: 'nb', label: 'Norsk' },
  { value: 'en', label: 'English' },
];
export type Language = (typeof LANGUAGES)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof sv };
  }
}

export const i18n = i18next;

const KEPT = 'bokbro.language';
/** Each language is a file of its own: only the chosen one is loaded. */
const LOAD: Readonly<Record<Language, () => Promise<object>>> = {
  sv: () => import('./text/sv.ts').then(({ sv }) => sv),
  nb: () => import('./text/nb.ts').then(({ nb }) => nb),
  en: () => import('./text/en.ts').then(({ en }) => en),
};

export async function startLanguage(): Promise<void> {
  const kept = localStorage.getItem(KEPT);
  const lng = LANGUAGES.find((one) => one === kept) ?? (await languageOfFirm());
  await i18next.use(initReactI18next).init({
    lng,
    resources: { [lng]: { translation: await LOAD[lng]() } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = lng;
}

/** Whoever has not chosen reads the firm’s; Swedish while the hub starts. */
async function languageOfFirm(): Promise<Language> {
  const asked = await fetch('/api/setup').catch(() => null);
  if (asked === null || !asked.ok) return 'sv';
  const { language } = (await asked.json()) as { readonly language: Language };
  return language;
}

export async function changeLanguage(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await LOAD[language]());
  await i18next.changeLanguage(language);
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
}

const LOCALES: Readonly<Record<string, string>> = { sv: 'sv-SE', nb: 'nb-NO', en: 'en-GB' };

export function locale(): string {
  return LOCALES[i18next.language] ?? 'sv-SE';
}
