import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldName } from './form-field.ts';

/** Keys that are typed in. They are kept sealed and are shown to nobody again. */
export function SecretFields(of: {
  readonly names: readonly string[];
  readonly value: Readonly<Record<string, string>>;
  readonly change: (value: Readonly<Record<string, string>>) => void;
  /** There is one already: an empty field leaves it as it is. */
  readonly isGiven?: boolean;
}) {
  const { t } = useTranslation();
  const fieldName = useFieldName();
  return of.names.map((name) => (
    <PasswordInput
      key={name}
      label={fieldName(name)}
      description={t('connect.secretHelp')}
      placeholder={of.isGiven === true ? t('connect.secretGiven') : ''}
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-hidden': true }}
      value={of.value[name] ?? ''}
      onChange={({ currentTarget }) => of.change({ ...of.value, [name]: currentTarget.value })}
    />
  ));
}
