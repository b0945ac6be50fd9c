import type { Money } from '../domain/money.ts';
import { showAmount } from './amounts.ts';
import type { SaleReasonTexts } from './sale-reason-texts.ts';
import { either } from './surface.ts';

const kr = (amount: Money): string => showAmount(amount, 'nb');

const UNTIL = { accepted: 'godtatt', paid: 'betalt', shipped: 'fullført' } as const;

export const saleReasonsNb: SaleReasonTexts = {
  'order-waits': (r) =>
    `Den er «${r.status}» og bokføres når den er ${UNTIL[r.until]}, etter valget for ` +
    `${method(r.method)} (bookWhen: ${r.until}). ${either('bokbro sync --order', 'Bokfør nå')} ` +
    'bokfører den nå.',
  'order-waits-for-you': (r) =>
    `Ordrer som betales med ${method(r.method)} bokføres for hånd (bookWhen): ` +
    `${either(`bokbro sync --order ${r.order}`, 'Bokfør nå')}.`,
  'order-state-unknown': (r) =>
    `Ingen har sagt hvor en ordre står som er «${r.status}». Den venter; si det i butikkens ` +
    `innstillinger (states), for eksempel ${r.status} → accepted.`,
  'refund-waits-for-order': (r) =>
    `Ordre ${r.order} er ikke bokført. Det som er betalt tilbake av den, bokføres når den er det.`,
  'day-not-over': (r) =>
    `Den deler bilag med dagens andre ordrer, ${r.day}, og bokføres når dagen er slutt.`,
  'order-not-placed': (r) =>
    `Den er «${r.status}»: ingen har lagt den inn ennå. Ingenting bokføres.`,
  'order-cancelled': (r) => `Den er «${r.status}» i butikken. Ingenting bokføres.`,
  'refund-withdrawn': (r) =>
    `Butikken har trukket tilbake det den ga tilbake av ordre ${r.order}. Ingenting bokføres.`,
  'method-not-booked': (r) =>
    `Ordrer som betales med ${method(r.method)} bokføres ikke, etter valget (bookWhen).`,
  'order-left-out': ({ as, found }) => {
    if (as === 'sub-orders') {
      return `Den er en del av ordre ${found}, som har de samme varene (leaveOut).`;
    }
    if (as === 'zero-total') return 'Den er på 0 kr: det er ingenting å bokføre (leaveOut).';
    return `Ordrer som kommer via «${found}» bokføres ikke, etter valget (leaveOutVia).`;
  },
  'booked-elsewhere': (r) =>
    `Et annet program har bokført den før: ${r.by}${r.number === '' ? '' : ` = ${r.number}`}. ` +
    `${either('bokbro sync --order', 'Bokfør nå')} bokfører den likevel; bookedElsewhere=book ` +
    'gjør det for alle.',
  'buyer-number-missing': (r) =>
    `«${r.line}» (${kr(r.net)}) selges med omvendt avgiftsplikt, og ordren har verken mva-nummer ` +
    'eller organisasjonsnummer for kjøperen. Legg det til i butikken.',
  'margin-cost-missing': (r) =>
    `«${r.line}» (${kr(r.price)}) selges med avansemva, og ingenting sier hva den kostet. ` +
    'Bokfør den for hånd, eller ta artikkelen ut av saleSchemes.',
  'single-card-rate-unclear': (r) =>
    `${kr(r.amount)} betales med ${r.method}, der mva ble beregnet da det ble solgt, og ordren ` +
    'har mer enn én mva-sats: hva kortet betaler, er ikke kjent. Bokfør den for hånd.',
  'order-unchanged': (r) =>
    `Den er bokført som ${r.bookedAs}, og ingenting av det er endret siden.`,
  'order-revised': (r) =>
    `Ordren er bokført som ${r.bookedAs} med ${kr(r.before)}, og er nå ${kr(r.after)} i ` +
    `butikken, differanse ${kr(r.difference)}. Rett (tilbakefør og bokfør på nytt), eller hopp ` +
    'over endringen.',
  'order-cancelled-booked': (r) =>
    `Ordren er bokført som ${r.bookedAs} med ${kr(r.amount)}, og er nå «${r.status}» i butikken: ` +
    '0,00. Rett (tilbakefør det som er bokført), eller hopp over om den er betalt tilbake ' +
    'i stedet.',
};

function method(name: string): string {
  return name === '' ? 'ingen betalingsmåte' : name;
}
