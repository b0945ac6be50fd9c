import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Keys that are typed in. They are kept sealed and are shown to nobody again. */
export function SecretFields(of: {
  readonly secrets: readonly { readonly name: string; readonly label: string }[];
  readonly value: Readonly<Record<string, string>>;
  readonly change: (value: Readonly<Record<string, string>>) => void;
  /** There is one already: an empty field leaves it as it is. */
  readonly isGiven?: boolean;
}) {
  const { t } = useTranslation();
  return of.secrets.map(({ name, label }) => (
    <PasswordInput
      key={name}
      label={label}
      description={t('connect.secretHelp')}
      placeholder={of.isGiven === true ? t('connect.secretGiven') : ''}
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-hidden': true }}
      value={of.value[name] ?? ''}
      onChange={({ currentTarget }) => of.change({ ...of.value, [name]: currentTarget.value })}
    />
  ));
}
