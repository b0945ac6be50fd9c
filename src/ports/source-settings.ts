import { SOURCE_SETTINGS, type SourceSetting } from '../domain/document/shop-setting.ts';

/** Settings as a shop tells them, each as text that says the same as long as it is the same. */
export type SourceSettings = Readonly<Partial<Record<SourceSetting, string>>>;

/** A setting that was another the day before. */
export type SettingChange = {
  readonly setting: SourceSetting;
  readonly was: string;
  readonly now: string;
};

/** What has changed between two readings. What only one of them tells has not. */
export function settingChanges(
  before: SourceSettings,
  after: SourceSettings,
): readonly SettingChange[] {
  return SOURCE_SETTINGS.flatMap((setting) => {
    const [was, now] = [before[setting], after[setting]];
    return was === undefined || now === undefined || was === now ? [] : [{ setting, was, now }];
  });
}
