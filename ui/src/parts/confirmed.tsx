import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A button that asks once more before it does what cannot be taken back. */
export function Confirmed(of: {
  readonly says: string;
  readonly asks: string;
  /** What it is about: there is a button like it in each row. */
  readonly about: string;
  readonly isPending: boolean;
  readonly act: () => void;
}) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const small = { variant: 'default', size: 'xs' } as const;
  if (!isAsking) {
    const label = `${of.says}: ${of.about}`;
    return (
      <Button {...small} aria-label={label} onClick={() => setIsAsking(true)}>
        {of.says}
      </Button>
    );
  }
  return (
    <div className="between start">
      <Button
        {...small}
        color="red"
        autoFocus
        aria-label={`${of.asks}: ${of.about}`}
        loading={of.isPending}
        onClick={of.act}
      >
        {of.asks}
      </Button>
      <Button {...small} onClick={() => setIsAsking(false)}>
        {t('app.cancel')}
      </Button>
    </div>
  );
}
