import { ActionIcon, Button, Input, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldName, type FieldOf } from './form-field.ts';

type Rows = readonly (readonly [string, string])[];

/** Texts by texts, a row for each: what the source calls it, and what it means. */
export function MapField({
  field,
  value,
  change,
  suggested,
}: FieldOf<Readonly<Record<string, string>>> & {
  /** The id of a list of what is suggested for values. */
  readonly suggested?: string;
}) {
  const { t } = useTranslation();
  const label = useFieldName()(field.name);
  // A row that is being written has no name yet: it is kept here until it has.
  const [rows, setRows] = useState<Rows>(Object.entries(value ?? {}));
  const keep = (next: Rows): void => {
    setRows(next);
    const said = next.filter(([name, one]) => name !== '' && one !== '');
    change(said.length === 0 ? undefined : Object.fromEntries(said));
  };
  const set = (index: number, row: readonly [string, string]): void =>
    keep(rows.map((one, at) => (at === index ? row : one)));
  return (
    <Input.Wrapper label={label} description={field.help} labelElement="div">
      <div className="stack" style={{ gap: '0.4rem', marginTop: '0.4rem' }}>
        {rows.map(([name, one], index) => (
          <div key={index} className="map-row">
            <TextInput
              size="xs"
              aria-label={`${label}: ${t('form.name')} ${index + 1}`}
              placeholder={t('form.name')}
              value={name}
              onChange={({ currentTarget }) => set(index, [currentTarget.value, one])}
            />
            {field.options.length > 0 ? (
              <NativeSelect
                size="xs"
                aria-label={`${label}: ${t('form.value')} ${index + 1}`}
                data={['', ...field.options]}
                value={one}
                onChange={({ currentTarget }) => set(index, [name, currentTarget.value])}
              />
            ) : (
              <TextInput
                size="xs"
                aria-label={`${label}: ${t('form.value')} ${index + 1}`}
                placeholder={t('form.value')}
                value={one}
                {...(suggested === undefined ? {} : { list: suggested })}
                onChange={({ currentTarget }) => set(index, [name, currentTarget.value])}
              />
            )}
            <ActionIcon
              variant="default"
              size="md"
              aria-label={t('form.remove', { name: name || String(index + 1) })}
              onClick={() => keep(rows.filter((_, at) => at !== index))}
            >
              ×
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button size="compact-xs" variant="default" onClick={() => setRows([...rows, ['', '']])}>
            {t('form.add')}
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}
