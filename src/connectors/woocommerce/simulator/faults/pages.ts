import { html, json, type Answer } from '../api/answer.ts';
import type { PageName } from './fault.ts';

const CRITICAL =
  '<p>There has been a critical error on this website.</p>' +
  '<p><a href="https://wordpress.org/documentation/article/faq-troubleshooting/">' +
  'Learn more about troubleshooting WordPress.</a></p>';

const CLOUDFLARE = { Server: 'cloudflare', 'CF-RAY': '8c1f0a2b3c4d5e6f-ARN' };

/** Pages that come in the place of an answer. */
export function pageOf(name: PageName): Answer {
  switch (name) {
    case 'critical-error':
      return html(500, wordPressPage('WordPress &rsaquo; Error', CRITICAL));
    case 'critical-error-200':
      return html(200, wordPressPage('WordPress &rsaquo; Error', CRITICAL));
    case 'critical-error-json':
      return json(
        {
          code: 'internal_server_error',
          message: CRITICAL,
          data: { status: 500 },
          additional_errors: [],
        },
        500,
      );
    case 'maintenance': {
      const text = 'Briefly unavailable for scheduled maintenance. Check back in a minute.';
      return html(503, wordPressPage('Maintenance', `<p>${text}</p>`), { 'Retry-After': '600' });
    }
    case 'cloudflare-challenge':
      return html(
        403,
        networkPage('Just a moment...', 'Enable JavaScript and cookies to continue'),
        {
          ...CLOUDFLARE,
          'cf-mitigated': 'challenge',
        },
      );
    case 'cloudflare-429':
      return html(429, networkPage('Error 1015', 'You are being rate limited'), {
        ...CLOUDFLARE,
        'Retry-After': '30',
      });
    case 'cloudflare-520':
      return html(520, networkPage('520', 'Web server is returning an unknown error'), CLOUDFLARE);
    case 'cloudflare-524':
      return html(524, networkPage('524', 'A timeout occurred'), CLOUDFLARE);
    case 'firewall':
      return html(
        403,
        wordPressPage('403 Forbidden', '<p>Your access to this site is limited.</p>'),
      );
    case 'bad-gateway':
      return html(502, '<html><head><title>502 Bad Gateway</title></head></html>');
    case 'front-page':
      return html(200, wordPressPage('Provbutiken', '<p>Varmt välkommen till butiken!</p>'));
  }
}

/** What PHP writes before the JSON when it is told to show notices. */
export const NOTICE =
  '<br />\n<b>Notice</b>:  Undefined index: country in ' +
  '<b>/wp-content/plugins/frakt/frakt.php</b> on line <b>212</b><br />\n';

function wordPressPage(title: string, body: string): string {
  const head = `<head><title>${title}</title></head>`;
  const inside = `<div class="wp-die-message">${body}</div>`;
  return `<!DOCTYPE html>\n<html lang="sv-SE">${head}<body id="error-page">${inside}</body></html>`;
}

function networkPage(title: string, text: string): string {
  const head = `<head><title>${title}</title></head>`;
  return `<!DOCTYPE html><html>${head}<body><h1>${text}</h1></body></html>`;
}
