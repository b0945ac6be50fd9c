import { useTranslation } from 'react-i18next';
import type { FormField } from '../api.ts';

/** What a form holds: only what somebody has said, so that defaults stay defaults. */
export type Written = Readonly<Record<string, unknown>>;

/** What a field needs to be drawn and changed. */
export type FieldOf<T = unknown> = {
  readonly field: FormField;
  readonly value: T | undefined;
  readonly change: (value: T | undefined) => void;
};

/** `clientId` as people read it, where nobody has written a better name. */
export function useFieldName(): (name: string) => string {
  const { t, i18n } = useTranslation();
  return (name) => {
    if (i18n.exists(`field.${name}`)) return t(`field.${name}` as 'field.name');
    const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
    return words.charAt(0).toUpperCase() + words.slice(1);
  };
}
