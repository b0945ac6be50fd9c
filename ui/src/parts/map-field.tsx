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
  named,
}: FieldOf<Readonly<Record<string, string>>> & {
  /** The id of a list of what is suggested for names. */
  readonly named?: string;
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
          <Row
            key={index}
            {...{ label, name, value: one, options: field.options, index, named, suggested }}
            set={(row) => set(index, row)}
            remove={() => keep(rows.filter((_, at) => at !== index))}
          />
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

function Row(of: {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly index: number;
  readonly named: string | undefined;
  readonly suggested: string | undefined;
  readonly set: (row: readonly [string, string]) => void;
  readonly remove: () => void;
}) {
  const { t } = useTranslation();
  const { name, value, set } = of;
  const about = (what: 'form.name' | 'form.value') => ({
    size: 'xs',
    'aria-label': `${of.label}: ${t(what)} ${of.index + 1}`,
  });
  return (
    <div className="map-row">
      <TextInput
        {...about('form.name')}
        placeholder={t('form.name')}
        value={name}
        {...(of.named === undefined ? {} : { list: of.named })}
        onChange={({ currentTarget }) => set([currentTarget.value, value])}
      />
      {of.options.length > 0 ? (
        <NativeSelect
          {...about('form.value')}
          data={['', ...of.options]}
          value={value}
          onChange={({ currentTarget }) => set([name, currentTarget.value])}
        />
      ) : (
        <TextInput
          {...about('form.value')}
          placeholder={t('form.value')}
          value={value}
          {...(of.suggested === undefined ? {} : { list: of.suggested })}
          onChange={({ currentTarget }) => set([name, currentTarget.value])}
        />
      )}
      <ActionIcon
        variant="default"
        size="md"
        aria-label={t('form.remove', { name: name || String(of.index + 1) })}
        onClick={of.remove}
      >
        ×
      </ActionIcon>
    </div>
  );
}
