import { useTranslation } from 'react-i18next';
import type { FlowTerms } from '../api.ts';
import type { FieldOf } from './form-field.ts';
import { MapField } from './map-field.tsx';

const ROLES = 'account-roles';
const CHART = 'ledger-chart';

/** Accounts of one's own by what they are for, with suggestions from the ledger's own chart. */
export function AccountsField({
  terms,
  ...field
}: FieldOf<Readonly<Record<string, string>>> & { readonly terms: FlowTerms }) {
  const { t } = useTranslation();
  const names = new Map(terms.chart?.map(({ number, name }) => [number, name]));
  const roles = new Map(terms.roles.map(({ role, name }) => [role, name]));
  const isUnknown = (account: string): boolean =>
    terms.chart !== null && /^\d{4,8}$/.test(account) && !names.has(account);
  const said = Object.entries(field.value ?? {});
  return (
    <div>
      <MapField {...field} named={ROLES} suggested={CHART} />
      <datalist id={ROLES}>
        {terms.roles.map(({ role, name, standard }) => (
          <option key={role} value={role}>
            {name}: {standard} {names.get(standard) ?? ''}
          </option>
        ))}
      </datalist>
      <datalist id={CHART}>
        {terms.chart?.map(({ number, name }) => (
          <option key={number} value={number}>
            {name}
          </option>
        ))}
      </datalist>
      {said.length === 0 ? null : (
        <ul className="plain-list small quiet" style={{ marginTop: '0.4rem' }}>
          {said.map(([role, account]) => (
            <li key={role} style={{ padding: '0.1rem 0' }}>
              {roles.get(role) ?? role}: {account}{' '}
              {isUnknown(account) ? (
                <span className="pill warn">{t('flow.notInChart')}</span>
              ) : (
                names.get(account)
              )}
            </li>
          ))}
        </ul>
      )}
      {terms.chart === null ? <p className="quiet small">{t('flow.noChart')}</p> : null}
    </div>
  );
}
