import type { LocalDate } from '../date.ts';
import type { ReportDay } from './expected-reports.ts';
import type { ReportSerial } from './report-numbers.ts';
import type { SourceSetting } from './shop-setting.ts';

/** Something that somebody should look into. Stored as it stands here. */
export type Finding = TillFinding | WebhookOff | ShopSettingChanged;

/** A shop has changed a setting of its own, and nobody has said yet that it is right. */
export type ShopSettingChanged = {
  readonly kind: 'shop-setting-changed';
  /** The connection's id, and its name. */
  readonly connection: string;
  readonly shop: string;
  readonly setting: SourceSetting;
  /** As a person saw it last. */
  readonly was: string;
  readonly now: string;
  readonly day: LocalDate;
  /** Whether what the shop sells is held until then. */
  readonly holds: boolean;
};

/** A program that is told what happens has not taken anything for days: it is told no more. */
export type WebhookOff = {
  readonly kind: 'webhook-off';
  readonly webhook: string;
  readonly host: string;
  readonly day: LocalDate;
};

/** Something of a till that should have come and has not. */
export type TillFinding =
  | ({ readonly kind: 'report-missing' } & ReportDay)
  /** Between two numbers of a series that have come; `day` is that of the later one. */
  | ({
      readonly kind: 'number-gap';
      readonly after: string;
      readonly before: string;
    } & ReportDay & {
        /** How many numbers. */
        readonly missing: number;
      });

/** No report of a till on a day. */
export function reportMissing({ store, register, day }: ReportDay): Finding {
  return { kind: 'report-missing', store, register, day };
}

/** Numbers between two that have come. */
export function numberGap(of: {
  readonly after: ReportSerial;
  readonly before: ReportSerial;
  readonly day: LocalDate;
}): Finding {
  const { after, before, day } = of;
  const { store, register } = before;
  const missing = before.number.count - after.number.count - 1;
  const numbers = { after: after.number.text, before: before.number.text, missing };
  return { kind: 'number-gap', store, register, day, ...numbers };
}

/** The same finding has the same key, however often it is found. */
export function findingKey(finding: Finding): string {
  if (finding.kind === 'webhook-off') return webhookOffKey(finding.webhook);
  if (finding.kind === 'shop-setting-changed') {
    const { kind, connection, setting, was, now, day } = finding;
    return [kind, connection, setting, was, now, day].join('\n');
  }
  const { kind, store, register } = finding;
  const what = kind === 'number-gap' ? [finding.after, finding.before] : [finding.day];
  return [kind, store, register, ...what].join('\n');
}

export function webhookOffKey(webhook: string): string {
  return `webhook-off\n${webhook}`;
}
