import { roleName } from '../domain/posting/role-names.ts';
import type { Language } from '../domain/posting/words.ts';
import type { LedgerFinding } from '../ports/health.ts';
import { ledgerHealthEn } from './ledger-health-en.ts';
import { ledgerHealthNb } from './ledger-health-nb.ts';
import { ledgerHealthSv } from './ledger-health-sv.ts';
import type { LedgerHealthTexts } from './ledger-health-texts.ts';
import { readOn, type Surface } from './surface.ts';

const TEXTS: Readonly<Record<Language, LedgerHealthTexts>> = {
  sv: ledgerHealthSv,
  nb: ledgerHealthNb,
  en: ledgerHealthEn,
};

/** Roles of accounts, each as a bookkeeper says it. */
function rolesText(roles: string, language: Language): string {
  return roles
    .split(', ')
    .map((role) => roleName(role, language))
    .join(', ');
}

/** What was found of a ledger and what to do, in the reader's language. */
export function describeLedgerFinding(
  { code, facts }: LedgerFinding,
  language: Language,
  surface: Surface = 'terminal',
): string {
  return readOn(
    surface,
    TEXTS[language][code]((name) => {
      const fact = facts[name] ?? '';
      return name === 'roles' ? rolesText(fact, language) : fact;
    }),
  );
}
