import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { WholeDocument } from '../api.ts';
import { sizeText } from '../format.ts';
import { rawQuery } from '../queries.ts';
import { Shown } from './states.tsx';

/** What was received, unchanged but for the line breaks that make it readable. */
export function Original(of: { readonly company: string; readonly of: WholeDocument }) {
  const { t } = useTranslation();
  const { company } = of;
  const { id, file, mediaType, size } = of.of;
  return (
    <section className="panel" aria-labelledby="original">
      <header>
        <div>
          <h2 id="original">{t('document.raw')}</h2>
          <span className="quiet small">
            {[file?.name, mediaType, sizeText(size)].filter(Boolean).join(' · ')}
          </span>
        </div>
        <Button
          component="a"
          size="xs"
          variant="default"
          href={`/api/companies/${company}/documents/${id}/download`}
        >
          {t('document.download')}
        </Button>
      </header>
      <div className="body">
        <Shown of={useQuery(rawQuery(company, id))}>
          {(raw) =>
            raw.text === null ? (
              <p className="quiet">{t('document.noText')}</p>
            ) : (
              <>
                <pre className="code" tabIndex={0}>
                  {raw.isCut ? raw.text : pretty(raw.text, raw.mediaType)}
                </pre>
                {raw.isCut ? <p className="quiet small">{t('document.cut')}</p> : null}
              </>
            )
          }
        </Shown>
      </div>
    </section>
  );
}

/** JSON and XML with their structure; everything else, and what is broken, as it is. */
function pretty(text: string, mediaType: string): string {
  if (/json/.test(mediaType) || /^\s*[[{]/.test(text)) {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return text;
    }
  }
  return /xml/.test(mediaType) || /^\s*<\?xml/.test(text) ? prettyXml(text) : text;
}

function prettyXml(text: string): string {
  let depth = 0;
  const lines = text.replaceAll(/>\s+</g, '>\n<').replaceAll(/></g, '>\n<').split('\n');
  return lines
    .map((line) => {
      if (line.startsWith('</')) depth = Math.max(0, depth - 1);
      const shown = `${'  '.repeat(depth)}${line}`;
      if (/^<[^!?/]/.test(line) && !line.endsWith('/>') && !/<\/[^>]+>$/.test(line)) depth += 1;
      return shown;
    })
    .join('\n');
}
