import { Alert, Button, FileButton, Input } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldOf, Written } from './form-field.ts';
import { RemoveRow } from './map-field.tsx';

/** A file holds one of them; the server says what is wrong within it. */
const BYTES_MAX = 1_000_000;

/** Descriptions that come as files from whoever made them: nobody writes them in a form. */
export function FilesField({ field, value, change }: FieldOf<readonly Written[]>) {
  const { t } = useTranslation();
  const [strange, setStrange] = useState<string | null>(null);
  const now = value ?? [];
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const read = file.size > BYTES_MAX ? null : readObject(await file.text());
    setStrange(read === null ? file.name : null);
    if (read !== null) change([...now, read]);
  };
  return (
    <Input.Wrapper label={field.label} description={field.help} labelElement="div">
      <div className="stack" style={{ gap: '0.4rem', marginTop: '0.4rem' }}>
        {now.map((one, index) => {
          const name = nameOf(one) ?? `${field.label} ${index + 1}`;
          return (
            <div key={index} className="row-head">
              <span className="small">{name}</span>
              <RemoveRow
                name={name}
                remove={() => {
                  const rest = now.filter((_, at) => at !== index);
                  change(rest.length === 0 ? undefined : rest);
                }}
              />
            </div>
          );
        })}
        {strange === null ? null : (
          <Alert color="red" variant="outline" role="alert">
            {t('form.strangeFile', { name: strange })}
          </Alert>
        )}
        <div>
          <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
            {(props) => (
              <Button
                {...props}
                size="compact-xs"
                variant="default"
                aria-label={`${field.label}: ${t('form.addFile')}`}
              >
                {t('form.addFile')}
              </Button>
            )}
          </FileButton>
        </div>
      </div>
    </Input.Wrapper>
  );
}

/** What it calls itself. */
function nameOf({ profile, name }: Written): string | null {
  return [profile, name].find((one) => typeof one === 'string') ?? null;
}

function readObject(text: string): Written | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Written)
      : null;
  } catch {
    return null;
  }
}
