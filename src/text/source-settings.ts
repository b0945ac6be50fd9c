import { HOLDING_SETTINGS, type SourceSetting } from '../domain/document/shop-setting.ts';
import type { Language } from '../domain/posting/words.ts';
import type { HealthItem } from '../ports/health.ts';
import type { SettingChange } from '../ports/source-settings.ts';
import { either, readOn, type Surface } from './surface.ts';

/** What a setting is called, and what its change means. */
type SettingText = readonly [name: string, means: string];

type Texts = {
  readonly changed: (name: string, values: string, day: string) => string;
  readonly settings: Readonly<Record<SourceSetting, SettingText>>;
};

const sv: Texts = {
  changed: (name, values, day) => `${name} ändrades i butiken, sett ${day}: ${values}.`,
  settings: {
    currency: ['Valutan', 'Beställningar i en annan valuta än bokföringens hålls.'],
    taxes: ['Momsberäkningen', 'Utan den har beställningar ingen moms, och hålls.'],
    'prices-with-vat': [
      'Om priser anges med moms',
      'Gå igenom artiklarnas priser: samma siffra är nu något annat.',
    ],
    decimals: ['Antalet decimaler', 'Utan decimaler avrundar butiken momsen till kronor.'],
    rounding: ['Avrundningen av moms', 'Ören kan hamna på en avrundningsrad.'],
    'taxed-by': [
      'Adressen som momsen går efter',
      'Se efter att försäljning till utlandet får rätt moms.',
    ],
    'freight-tax': ['Momsen på frakt', 'Se efter att frakten får rätt moms.'],
    'tax-classes': ['Momsklasserna', 'Se efter att varje artikel har en klass som finns.'],
    rates: ['Momssatserna', 'Beställningar med en sats som ingen lag har hålls.'],
    payments: [
      'Betalsätten',
      'Ge ett nytt sitt eget konto' +
        either(': bokbro flow set … --account payment/…', ' i flödet.'),
    ],
    zone: ['Tidszonen', 'Beställningar runt midnatt kan komma på en annan dag.'],
    address: ['Adressen', 'Anslut butiken som den nu säger, annars stämmer inte signaturer.'],
    storage: ['Hur beställningar lagras (HPOS)', 'Inget behöver göras.'],
    cron: [
      'WordPress egna sysslor (WP-Cron)',
      'Utan dem kommer inga meddelanden; det frågas ändå.',
    ],
    version: ['Versionen', 'Titta på de första beställningarna efter uppgraderingen.'],
  },
};

const nb: Texts = {
  changed: (name, values, day) => `${name} ble endret i butikken, sett ${day}: ${values}.`,
  settings: {
    currency: ['Valutaen', 'Bestillinger i en annen valuta enn bøkenes holdes.'],
    taxes: ['Mva-beregningen', 'Uten den har bestillinger ingen mva, og holdes.'],
    'prices-with-vat': [
      'Om priser oppgis med mva',
      'Gå gjennom prisene: det samme tallet er nå noe annet.',
    ],
    decimals: ['Antallet desimaler', 'Uten desimaler avrunder butikken mva-en til kroner.'],
    rounding: ['Avrundingen av mva', 'Ører kan havne på en avrundingslinje.'],
    'taxed-by': ['Adressen som mva-en går etter', 'Se etter at salg til utlandet får riktig mva.'],
    'freight-tax': ['Mva-en på frakt', 'Se etter at frakten får riktig mva.'],
    'tax-classes': ['Mva-klassene', 'Se etter at hvert produkt har en klasse som finnes.'],
    rates: ['Mva-satsene', 'Bestillinger med en sats som ingen lov har, holdes.'],
    payments: [
      'Betalingsmåtene',
      'Gi en ny sin egen konto' + either(': bokbro flow set … --account payment/…', ' i flyten.'),
    ],
    zone: ['Tidssonen', 'Bestillinger rundt midnatt kan komme på en annen dag.'],
    address: ['Adressen', 'Koble til butikken som den nå sier, ellers stemmer ikke signaturer.'],
    storage: ['Hvordan bestillinger lagres (HPOS)', 'Ingenting må gjøres.'],
    cron: [
      'WordPress’ egne gjøremål (WP-Cron)',
      'Uten dem kommer ingen meldinger; det spørres likevel.',
    ],
    version: ['Versjonen', 'Se på de første bestillingene etter oppgraderingen.'],
  },
};

const en: Texts = {
  changed: (name, values, day) => `${name} was changed in the shop, seen ${day}: ${values}.`,
  settings: {
    currency: ['The currency', 'Orders in another currency than that of the books are held.'],
    taxes: ['The calculation of VAT', 'Without it orders carry no VAT, and are held.'],
    'prices-with-vat': [
      'Whether prices are entered with VAT',
      'Go through the prices of articles: the same number means something else now.',
    ],
    decimals: ['The number of decimals', 'Without decimals the shop rounds VAT to whole units.'],
    rounding: ['The rounding of VAT', 'Öre may come on a row of rounding.'],
    'taxed-by': ['The address that VAT goes by', 'See that sales abroad carry the right VAT.'],
    'freight-tax': ['The VAT of freight', 'See that freight carries the right VAT.'],
    'tax-classes': ['The tax classes', 'See that every article has a class that there is.'],
    rates: ['The VAT rates', 'Orders with a rate that no law has are held.'],
    payments: [
      'The means of payment',
      'Give a new one its own account' +
        either(': bokbro flow set … --account payment/…', ' in the flow.'),
    ],
    zone: ['The time zone', 'Orders around midnight may come into another day.'],
    address: ['The address', 'Connect the shop as it now says, or signatures fail.'],
    storage: ['How orders are kept (HPOS)', 'Nothing has to be done.'],
    cron: ['WordPress’ own chores (WP-Cron)', 'Without them no messages come; it is asked anyway.'],
    version: ['The version', 'Look at the first orders after the upgrade.'],
  },
};

const TEXTS: Readonly<Record<Language, Texts>> = { sv, nb, en };

/** Worth knowing, and nothing is wrong with it. */
const HARMLESS: ReadonlySet<SourceSetting> = new Set(['storage', 'version']);

/** What a setting is called in the middle of a sentence's values, and what its change means. */
export function settingText(setting: SourceSetting, language: Language): SettingText {
  return TEXTS[language].settings[setting];
}

/** Settings of a shop that have changed, and what to do, in the reader's language. */
export function settingItems(
  changes: readonly (SettingChange & { readonly seenAtMs: number })[],
  language: Language,
  surface: Surface = 'terminal',
): readonly HealthItem[] {
  const { changed, settings } = TEXTS[language];
  return changes.map(({ setting, was, now, seenAtMs }) => {
    const [name, means] = settings[setting];
    const values = `${was || '–'} → ${now || '–'}`;
    const day = new Date(seenAtMs).toISOString().slice(0, 10);
    const harm = setting === 'address' || HOLDING_SETTINGS.has(setting) ? 'problem' : 'warning';
    return {
      item: 'setting-changed',
      state: HARMLESS.has(setting) ? 'ok' : harm,
      says: readOn(surface, `${changed(name, values, day)} ${means}`),
    };
  });
}
