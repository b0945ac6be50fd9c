import { ActionIcon, Button, Input, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField, FormOption } from '../api.ts';
import { withRow, type FieldOf } from './form-field.ts';

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
  const standard = (field.initial ?? {}) as Readonly<Record<string, string>>;
  const hasStandard = Object.keys(standard).length > 0;
  // A row that is being written has no name yet: it is kept here until it has.
  const [rows, setRows] = useState<Rows>(Object.entries(value ?? standard));
  const keep = (next: Rows): void => {
    setRows(next);
    const said = next.filter(([name, one]) => name !== '' && one !== '');
    // None is something else than nothing said where the standard is some.
    change(said.length === 0 && !hasStandard ? undefined : Object.fromEntries(said));
  };
  return (
    <Input.Wrapper label={field.label} description={field.help} labelElement="div">
      <div className="stack" style={{ gap: '0.4rem', marginTop: '0.4rem' }}>
        {rows.map(([name, one], index) => (
          <Row
            key={index}
            {...{ field, name, value: one, index, named, suggested }}
            set={(row) => keep(withRow(rows, index, row))}
            remove={() => keep(withRow(rows, index, null))}
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
  readonly field: FormField;
  readonly name: string;
  readonly value: string;
  readonly index: number;
  readonly named: string | undefined;
  readonly suggested: string | undefined;
  readonly set: (row: readonly [string, string]) => void;
  readonly remove: () => void;
}) {
  const { t } = useTranslation();
  const { field, name, value, index, set } = of;
  const names = field.pair?.names ?? [];
  return (
    <div className="map-row">
      <PairCell
        label={field.pair?.name || t('form.name')}
        {...{ of: field.label, index, value: name, options: names, list: of.named }}
        set={(next) => set([next, value])}
      />
      <PairCell
        label={field.pair?.value || t('form.value')}
        {...{ of: field.label, index, value, options: field.options, list: of.suggested }}
        set={(next) => set([name, next])}
      />
      <RemoveRow name={name || `${field.label} ${index + 1}`} remove={of.remove} />
    </div>
  );
}

/** One side of a pair: written, or chosen where only some values can be. */
export function PairCell(of: {
  readonly label: string;
  /** What the pairs are of. */
  readonly of: string;
  readonly index: number;
  readonly value: string;
  readonly options: readonly FormOption[];
  /** The id of a list of suggestions. */
  readonly list?: string | undefined;
  readonly set: (value: string) => void;
}) {
  const { label, value, options, list, set } = of;
  const common = { size: 'xs', 'aria-label': `${of.of}: ${label} ${of.index + 1}`, value } as const;
  if (options.length > 0) {
    // What can be chosen no more still shows what was.
    const isOdd = value !== '' && options.every((one) => one.value !== value);
    const odd = isOdd ? [{ value, label: value }] : [];
    return (
      <NativeSelect
        {...common}
        data={[{ value: '', label: `${label} …` }, ...options, ...odd]}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...common}
      placeholder={label}
      {...(list === undefined ? {} : { list })}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  );
}

/** Takes a row away. */
export function RemoveRow({
  name,
  remove,
}: {
  readonly name: string;
  readonly remove: () => void;
}) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      variant="default"
      size="md"
      aria-label={t('form.remove', { name })}
      onClick={remove}
    >
      ×
    </ActionIcon>
  );
}
