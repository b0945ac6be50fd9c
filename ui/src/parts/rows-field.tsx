import { ActionIcon, Button, Fieldset, Input } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../api.ts';
import { labelOf, withRow, type FieldOf, type Written } from './form-field.ts';
import { PairCell, RemoveRow } from './map-field.tsx';

/** How one of several is drawn: a form, or pairs. */
type Drawn = { readonly draw: (field: FieldOf) => ReactNode };

type Named = readonly (readonly [name: string, value: unknown])[];

/** Several things alike, each by a name: departments of a till, payment methods of a shop. */
export function NamedField({ field, value, change, draw }: FieldOf<Written> & Drawn) {
  // One that is being written has no name yet: it is kept here until it has.
  const [rows, setRows] = useState<Named>(Object.entries(value ?? {}));
  // What is within one is made anew when another has gone from before it.
  const [turn, setTurn] = useState(0);
  const keep = (next: Named): void => {
    setRows(next);
    const said = next.filter(([name, one]) => name !== '' && one !== undefined);
    change(said.length === 0 ? undefined : Object.fromEntries(said));
  };
  const { pair, item } = field;
  if (pair === null || item === null) return null;
  return (
    <Several field={field} add={() => setRows([...rows, ['', undefined]])}>
      {rows.map(([name, one], index) => (
        <Fieldset
          key={`${turn}-${index}`}
          legend={labelOf(pair.names, name) || `${item.label} ${index + 1}`}
          className="one-row"
        >
          <div className="row-head">
            <PairCell
              label={pair.name}
              {...{ of: field.label, index, value: name, options: pair.names }}
              set={(next) => keep(withRow(rows, index, [next, one ?? {}]))}
            />
            <RemoveRow
              name={name || `${item.label} ${index + 1}`}
              remove={() => {
                setTurn(turn + 1);
                keep(withRow(rows, index, null));
              }}
            />
          </div>
          <Inner
            {...{ item, draw, value: one }}
            change={(next) => keep(withRow(rows, index, [name, next]))}
          />
        </Fieldset>
      ))}
    </Several>
  );
}

/** Several things alike in an order that counts: rules, columns. */
export function RowsField({ field, value, change, draw }: FieldOf<readonly unknown[]> & Drawn) {
  const { t } = useTranslation();
  const { item } = field;
  const rows = value ?? [];
  // A form within is made anew when what it stands for has moved.
  const [turn, setTurn] = useState(0);
  const keep = (next: readonly unknown[]): void => change(next.length === 0 ? undefined : next);
  const move = (index: number, by: number): void => {
    const next = [...rows];
    next.splice(index + by, 0, ...next.splice(index, 1));
    setTurn(turn + 1);
    keep(next);
  };
  if (item === null) return null;
  return (
    <Several field={field} add={() => keep([...rows, {}])}>
      {rows.map((one, index) => {
        const name = `${item.label} ${index + 1}`;
        return (
          <Fieldset key={`${turn}-${index}`} legend={name} className="one-row">
            <Inner
              {...{ item, draw, value: one }}
              change={(next) => keep(withRow(rows, index, next ?? {}))}
            />
            <div className="row-acts">
              <ActionIcon
                variant="default"
                size="md"
                disabled={index === 0}
                aria-label={t('form.up', { name })}
                onClick={() => move(index, -1)}
              >
                ↑
              </ActionIcon>
              <ActionIcon
                variant="default"
                size="md"
                disabled={index === rows.length - 1}
                aria-label={t('form.down', { name })}
                onClick={() => move(index, 1)}
              >
                ↓
              </ActionIcon>
              <RemoveRow
                name={name}
                remove={() => {
                  setTurn(turn + 1);
                  keep(withRow(rows, index, null));
                }}
              />
            </div>
          </Fieldset>
        );
      })}
    </Several>
  );
}

function Several(of: {
  readonly field: FormField;
  readonly add: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const { label, help } = of.field;
  return (
    <Input.Wrapper label={label} description={help} labelElement="div">
      <div className="stack" style={{ gap: '0.6rem', marginTop: '0.4rem' }}>
        {of.children}
        <div>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${label}: ${t('form.add')}`}
            onClick={of.add}
          >
            {t('form.add')}
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}

/** What one of several holds: the frame around it is drawn already. */
function Inner(
  of: Drawn & {
    readonly item: FormField;
    readonly value: unknown;
    readonly change: (value: unknown) => void;
  },
) {
  const { item, draw, change } = of;
  if (item.kind !== 'group') {
    return <div className="row-fields">{draw({ field: item, value: of.value, change })}</div>;
  }
  const value = (of.value ?? {}) as Written;
  return (
    <div className="row-fields">
      {item.fields.map((field) => {
        const { name } = field;
        const { [name]: now, ...others } = value;
        const set = (next: unknown): void =>
          change(next === undefined ? others : { ...others, [name]: next });
        return <div key={name}>{draw({ field, value: now, change: set })}</div>;
      })}
    </div>
  );
}
