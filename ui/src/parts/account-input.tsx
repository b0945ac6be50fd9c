import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '../queries.ts';

/** An account by its number, with those of the ledger suggested and its name told below. */
export function AccountInput({
  company,
  ...field
}: {
  readonly company: string;
  readonly size: string;
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
}) {
  const { t } = useTranslation();
  const list = useId();
  const accounts = useQuery(accountsQuery(company)).data ?? [];
  const name = accounts.find(({ number }) => number === field.value)?.name ?? '';
  const isStrange = name === '' && accounts.length > 0 && /^\d{4,8}$/.test(field.value);
  return (
    <>
      <TextInput
        label={t('held.account')}
        inputMode="numeric"
        autoComplete="off"
        placeholder="6991"
        list={list}
        {...field}
      />
      <datalist id={list}>
        {accounts.map((one) => (
          <option key={one.number} value={one.number}>
            {one.name}
          </option>
        ))}
      </datalist>
      <output className="quiet small account-name">
        {isStrange ? t('held.accountStrange') : name}
      </output>
    </>
  );
}
