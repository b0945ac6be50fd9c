import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The end of a form: what is wrong with it, the button that saves it, and that it is saved. */
export function Save(of: {
  readonly saving: { readonly error: Error | null; readonly isPending: boolean };
  /** What is said once it is saved; empty before. */
  readonly says: string;
  readonly label?: string;
}) {
  const { t } = useTranslation();
  const { saving } = of;
  return (
    <>
      {saving.error === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {saving.error.message}
        </Alert>
      )}
      <div className="between" style={{ justifyContent: 'start' }}>
        <Button type="submit" loading={saving.isPending}>
          {of.label ?? t('app.save')}
        </Button>
        <span role="status" className="small">
          {of.says}
        </span>
      </div>
    </>
  );
}
