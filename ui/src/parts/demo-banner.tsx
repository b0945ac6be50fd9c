import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';
import { queries } from '../queries.ts';

/** Says on every page of the demo that it is one, and ends it. */
export function DemoBanner({ mayEnd }: { readonly mayEnd: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ending = useMutation({
    mutationFn: () => answer(api.demo.$delete()),
    onSuccess: async () => {
      await navigate({ to: '/' });
      await queries.invalidateQueries();
    },
  });
  return (
    <div className="demo-banner" role="note">
      <span>{t('first.banner')}</span>
      {mayEnd ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={ending.isPending}
          onClick={() => ending.mutate()}
        >
          {t('first.end')}
        </Button>
      ) : null}
    </div>
  );
}
