import type { Call } from '../api/call.ts';
import { accountIn } from '../books/chart.ts';
import { reservedIn } from '../sales/stock.ts';
import { currentYear } from '../tenant/tenant.ts';
import { kronorOf, oreOf, twoDecimals } from '../wire/amounts.ts';
import { fieldTable } from '../wire/field-table.ts';
import { isArticleNumber } from '../wire/identifiers.ts';
import { isSet, numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { priceOf } from './prices.ts';
import { checkReferences } from './reference.ts';
import type { Draft, Register } from './register.ts';
import { isArticleUsed } from './usage.ts';

/**
 * | Uncertain                                  | Chosen                                          |
 * |--------------------------------------------|-------------------------------------------------|
 * | Capitals in article numbers                | A and a are two articles                        |
 * | `QuantityInStock` written where it may not | Passed over                                     |
 * | Balances with the warehouse module         | What stood there; free is none: it has an API    |
 * | `VAT` in lists: null recorded, "25" told   | "25" whatever the article has: lists mislead    |
 */
const HOUSE_WORK =
  '(CONSTRUCTION|ELECTRICITY|GLASSMETALWORK|GROUNDDRAINAGEWORK|MASONRY|PAINTINGWALLPAPERING|HVAC|' +
  'CLEANING|TEXTILECLOTHING|COOKING|SNOWPLOWING|GARDENING|BABYSITTING|OTHERCARE|TUTORING|' +
  'FURNISHING|HOMEMAINTENANCE|TRANSPORTATIONSERVICES|WASHINGANDCAREOFCLOTHING|SOLARCELLS|' +
  'STORAGESELFPRODUCEDELECTRICITY|CHARGINGSTATIONELECTRICVEHICLE|EMPTYHOUSEWORK|OTHERCOSTS)';

export const ARTICLES: Register = {
  shelf: 'articles',
  scope: 'article',
  single: 'Article',
  list: 'Articles',
  key: 'ArticleNumber',
  table: fieldTable(`
    Active:b ArticleNumber:t50 Bulky:b CommodityCode:t~ ConstructionAccount:a
    CostCalculationMethod:t DefaultStockLocation:t DefaultStockPoint:t Depth:i0..999999999
    Description:t200* DirectCost:m DisposableQuantity:n~ EAN:t30 EUAccount:a EUVATAccount:a
    Expired:b ExportAccount:a FreightCost:m Height:i0..999999999 Housework:b
    HouseworkType:${HOUSE_WORK} Manufacturer:t50 ManufacturerArticleNumber:t50 Note:t10000
    OtherCost:m PurchaseAccount:a PurchasePrice:m QuantityInStock:m ReservedQuantity:n~
    SalesAccount:a SalesPrice:n~ StockAccount:a StockChangeAccount:a StockGoods:b StockPlace:t100
    StockValue:n~ StockWarning:m SupplierName:t~ SupplierNumber:t Type:(STOCK|SERVICE) Unit:t
    VAT:n WebshopArticle:b Weight:i0..999999999 Width:i0..999999999`),
  defaults: {
    Active: true,
    Bulky: false,
    CommodityCode: '',
    ConstructionAccount: 0,
    Depth: 0,
    EAN: '',
    EUAccount: 3108,
    EUVATAccount: 3106,
    Expired: false,
    ExportAccount: 3105,
    Height: 0,
    Housework: false,
    ManufacturerArticleNumber: '',
    Note: '',
    PurchaseAccount: 4000,
    PurchasePrice: 0,
    QuantityInStock: 0,
    ReservedQuantity: 0,
    SalesAccount: 3001,
    StockGoods: false,
    Type: 'STOCK',
    VAT: 25,
    WebshopArticle: false,
    Weight: 0,
    Width: 0,
  },
  methods: ['LIST', 'GET', 'POST', 'PUT', 'DELETE'],
  numbering: 'series',
  notFound: ['article-not-found'],
  taken: ['article-taken'],
  search: {
    texts: {
      articlenumber: 'ArticleNumber',
      description: 'Description',
      ean: 'EAN',
      suppliernumber: 'SupplierNumber',
      manufacturer: 'Manufacturer',
      manufacturerarticlenumber: 'ManufacturerArticleNumber',
      webshop: 'WebshopArticle',
    },
    filters: {
      active: (fields) => fields['Active'] === true,
      inactive: (fields) => fields['Active'] === false,
    },
    sorts: {
      articlenumber: 'ArticleNumber',
      quantityinstock: 'QuantityInStock',
      reservedquantity: 'ReservedQuantity',
      stockvalue: 'StockValue',
    },
  },
  check: checkArticle,
  isUsed: isArticleUsed,
  showOne: (fields, { call }) => ({ ...fields, ...derived(call, fields) }),
  showListed: listedArticle,
};

const ACCOUNTS = [
  'ConstructionAccount',
  'EUAccount',
  'EUVATAccount',
  'ExportAccount',
  'SalesAccount',
  'StockAccount',
  'StockChangeAccount',
  'PurchaseAccount',
];

function checkArticle(draft: Draft): void {
  const { call, fields, sent } = draft;
  if (isSet(sent, 'ArticleNumber') && !isArticleNumber(textOf(sent, 'ArticleNumber'))) {
    refuse('not-alphanumeric', 'ArticleNumber');
  }
  checkReferences(call, sent);
  checkAccounts(call, sent);
  const ownsStock = fields['StockGoods'] === true && !call.tenant.setup.hasWarehouse;
  if (isSet(sent, 'QuantityInStock') && !ownsStock) {
    const kept = draft.isNew
      ? undefined
      : call.tenant.shelves.articles.entries.get(textOf(fields, 'ArticleNumber'));
    fields['QuantityInStock'] = kept?.fields['QuantityInStock'] ?? 0;
  }
}

/** Only accounts that are sent are looked up: the defaults need not be in the chart. */
function checkAccounts(call: Call, sent: Fields): void {
  const { chart } = currentYear(call.tenant, call.today);
  for (const name of ACCOUNTS) {
    const account = numberOf(sent, name);
    if (account === 0 || accountIn(chart, account)) continue;
    refuse(
      name === 'PurchaseAccount' ? 'purchase-account-unknown' : 'row-account-unknown',
      account,
    );
  }
}

function derived(call: Call, fields: Fields): Fields {
  const { tenant } = call;
  const counts = !tenant.setup.hasWarehouse;
  const quantity = numberOf(fields, 'QuantityInStock');
  const reserved = counts ? (reservedIn(call).get(textOf(fields, 'ArticleNumber')) ?? 0) : 0;
  const supplier = tenant.shelves.suppliers.entries.get(textOf(fields, 'SupplierNumber'));
  return {
    QuantityInStock: quantity,
    ReservedQuantity: reserved,
    DisposableQuantity: counts ? twoDecimals(quantity - reserved) : 0,
    SalesPrice: priceOf(tenant, {
      list: 'A',
      article: textOf(fields, 'ArticleNumber'),
      quantity: 0,
    }),
    StockValue: kronorOf(oreOf(quantity * numberOf(fields, 'PurchasePrice'))),
    SupplierName: supplier?.fields['Name'] ?? null,
  };
}

const NUMBERS_AS_TEXT = [
  'DisposableQuantity',
  'PurchasePrice',
  'QuantityInStock',
  'ReservedQuantity',
  'SalesPrice',
  'StockValue',
];

function listedArticle(fields: Fields, call: Call): Fields {
  const whole = { ...fields, ...derived(call, fields) };
  const shown: Fields = {
    ArticleNumber: whole['ArticleNumber'],
    Description: whole['Description'],
    EAN: whole['EAN'] ?? '',
    Housework: whole['Housework'],
    StockPlace: whole['StockPlace'] ?? null,
    Unit: whole['Unit'] ?? null,
    VAT: '25',
    WebshopArticle: whole['WebshopArticle'],
  };
  for (const name of NUMBERS_AS_TEXT) {
    const value = whole[name] ?? null;
    const asText = call.choices.numbersInLists === 'as-recorded' && value !== null;
    shown[name] = asText ? Number(value).toString() : value;
  }
  return shown;
}
