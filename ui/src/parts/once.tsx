import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A secret that is shown this once: what is kept of it opens nothing. */
export function Once(of: {
  readonly label: string;
  readonly help: string;
  readonly secret: string;
}) {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(of.secret);
    setIsCopied(true);
  };
  return (
    <div className="stack" role="status">
      <TextInput
        label={of.label}
        description={of.help}
        readOnly
        value={of.secret}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <div>
        <Button variant="default" size="xs" onClick={() => void copy()}>
          {t(isCopied ? 'people.copied' : 'people.copy')}
        </Button>
      </div>
    </div>
  );
}
