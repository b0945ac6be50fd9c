import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Days of the week, as many as one likes. */
export function Weekdays(of: {
  readonly label: string;
  readonly chosen: readonly Weekday[];
  readonly choose: (weekdays: readonly Weekday[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={of.label}
      value={[...of.chosen]}
      onChange={(chosen) => of.choose(WEEKDAYS.filter((one) => chosen.includes(one)))}
    >
      <div className="filters">
        {WEEKDAYS.map((one) => (
          <Checkbox key={one} value={one} label={t(`weekday.${one}`)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
