import {
  Checkbox,
  Fieldset,
  NativeSelect,
  Textarea,
  TextInput,
  type TextInputProps,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../api.ts';
import { FilesField } from './files-field.tsx';
import { labelOf, type FieldOf, type Written } from './form-field.ts';
import { MapField } from './map-field.tsx';
import { NamedField, RowsField } from './rows-field.tsx';

/** Fields that stand open; the others are a click away. */
const OPEN = 3;

/** A form made of the system's own description: names, helps, choices and checks are one. */
export function SchemaForm(of: {
  readonly fields: readonly FormField[];
  readonly value: Written;
  readonly change: (value: Written) => void;
  /** All stand open. */
  readonly isWhole?: boolean;
  /** Fields that are drawn in another way than others of their kind, by name. */
  readonly special?: Readonly<Record<string, (field: FieldOf) => ReactNode>>;
}) {
  const { t } = useTranslation();
  const isOpen = ({ name, isRequired, initial }: FormField, index: number): boolean => {
    const isSaid = name in of.value && JSON.stringify(of.value[name]) !== JSON.stringify(initial);
    return of.isWhole === true || isRequired || index < OPEN || isSaid;
  };
  // What is filled in later stays where it stood when the form was opened.
  const [open] = useState(() => new Set(of.fields.filter(isOpen).map(({ name }) => name)));
  const shown = (wanted: boolean) =>
    of.fields
      .filter(({ name }) => open.has(name) === wanted)
      .map((field) => {
        const { name } = field;
        const change = (value: unknown) => of.change(withValue(of.value, name, value));
        const Special = of.special?.[name];
        const given = { field, value: of.value[name], change };
        return (
          <div key={name}>{Special === undefined ? <Field {...given} /> : Special(given)}</div>
        );
      });
  const rest = shown(false);
  return (
    <>
      {shown(true)}
      {rest.length === 0 ? null : (
        <details className="more">
          <summary>{t('form.more', { count: rest.length })}</summary>
          <div className="stack">{rest}</div>
        </details>
      )}
    </>
  );
}

function withValue(before: Written, name: string, value: unknown): Written {
  const { [name]: _old, ...others } = before;
  return value === undefined ? others : { ...others, [name]: value };
}

const drawField = (of: FieldOf): ReactNode => <Field {...of} />;

function Field(of: FieldOf) {
  const { field } = of;
  switch (field.kind) {
    case 'text':
      return <TextField {...(of as FieldOf<string>)} />;
    case 'number':
      return <NumberField {...(of as FieldOf<number>)} />;
    case 'switch':
      return <SwitchField {...(of as FieldOf<boolean>)} />;
    case 'choice':
      return <ChoiceField {...(of as FieldOf<string>)} />;
    case 'list':
      return <ListField {...(of as FieldOf<readonly string[]>)} />;
    case 'map':
      return <MapField {...(of as FieldOf<Readonly<Record<string, string>>>)} />;
    case 'group':
      return <GroupField {...(of as FieldOf<Written>)} />;
    case 'named':
      return <NamedField {...(of as FieldOf<Written>)} draw={drawField} />;
    case 'rows':
      return <RowsField {...(of as FieldOf<readonly unknown[]>)} draw={drawField} />;
    case 'files':
      return <FilesField {...(of as FieldOf<readonly Written[]>)} />;
  }
}

function textsOf({ label, help, isRequired, initial }: FormField): TextInputProps {
  const placeholder = ['string', 'number'].includes(typeof initial) ? String(initial) : '';
  return { label, description: help, required: isRequired, placeholder };
}

function TextField({ field, value, change }: FieldOf<string>) {
  return (
    <TextInput
      {...textsOf(field)}
      value={value ?? ''}
      onChange={({ currentTarget }) => {
        change(currentTarget.value === '' ? undefined : currentTarget.value);
      }}
    />
  );
}

function NumberField({ field, value, change }: FieldOf<number>) {
  return (
    <TextInput
      {...textsOf(field)}
      type="number"
      value={value ?? ''}
      onChange={({ currentTarget: { value: text } }) => {
        change(text === '' ? undefined : Number(text));
      }}
    />
  );
}

function SwitchField({ field, value, change }: FieldOf<boolean>) {
  return (
    <Checkbox
      label={field.label}
      description={field.help}
      checked={value ?? field.initial === true}
      onChange={({ currentTarget }) => change(currentTarget.checked)}
    />
  );
}

function ChoiceField({ field, value, change }: FieldOf<string>) {
  const { t } = useTranslation();
  const { label, description } = textsOf(field);
  const standard =
    typeof field.initial === 'string'
      ? t('form.standard', { value: labelOf(field.options, field.initial) })
      : '';
  return (
    <NativeSelect
      label={label}
      description={description}
      required={field.isRequired}
      value={value ?? ''}
      data={[{ value: '', label: standard }, ...field.options]}
      onChange={({ currentTarget }) => {
        change(currentTarget.value === '' ? undefined : currentTarget.value);
      }}
    />
  );
}

/** Several texts, one on each line; several of a few are boxes to tick. */
function ListField({ field, value, change }: FieldOf<readonly string[]>) {
  const { t } = useTranslation();
  const now = value ?? (Array.isArray(field.initial) ? field.initial.map(String) : []);
  if (field.options.length > 0) {
    return (
      <Checkbox.Group
        label={field.label}
        description={field.help}
        value={[...now]}
        onChange={(chosen) => change(chosen)}
      >
        <div className="ticks">
          {field.options.map(({ value: option, label }) => (
            <Checkbox key={option} size="xs" value={option} label={label} />
          ))}
        </div>
      </Checkbox.Group>
    );
  }
  return (
    <Textarea
      label={field.label}
      description={`${field.help} ${t('form.lines')}`}
      autosize
      minRows={1}
      maxRows={8}
      value={now.join('\n')}
      onChange={({ currentTarget: { value: text } }) => {
        change(text === '' ? undefined : text.split('\n').map((line) => line.trimStart()));
      }}
    />
  );
}

function GroupField({ field, value, change }: FieldOf<Written>) {
  return (
    <Fieldset legend={field.label}>
      {field.help === '' ? null : (
        <p className="quiet small" style={{ margin: '0 0 0.8rem' }}>
          {field.help}
        </p>
      )}
      <div className="stack">
        <SchemaForm fields={field.fields} value={value ?? {}} change={change} isWhole />
      </div>
    </Fieldset>
  );
}
