import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dereference } from '@apidevtools/json-schema-ref-parser';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';

/**
 * JustiFi's published OpenAPI, as a judge of answers.
 *
 * Stricter than its letter in one way: an answer must have every documented property, because the schemas mark hardly
 * any as required. More lenient in the ways that are listed below, each of which is a slip in the published files.
 */
export type PublishedApi = {
  /** The errors of an answer; none if it is as published. `path` is the file's name: "checkouts@{id}". */
  readonly problemsWith: (answer: { readonly path: string; readonly method: string; readonly status: number; readonly body: unknown }) => Promise<readonly string[]>;
};

type Schema = Record<string, unknown>;

/** Documented without "nullable", but null in JustiFi's own examples, or while there is no value. */
const nullable = new Set([
  'account_number_last4',
  'application_fee',
  'application_fee_rate_id',
  'application_fees',
  'customer_id',
  'decline_code',
  'description',
  'dispute_response',
  'end_cursor',
  'end_date',
  'error_code',
  'error_description',
  'expiry',
  'financial_transaction_id',
  'live_account_id',
  'name',
  'nickname',
  'payment',
  'payment_error_code',
  'payment_error_description',
  'payment_id',
  'payment_intent_id',
  'payment_method_id',
  'payment_method_group_id',
  'payment_token',
  'presigned_url',
  'reason',
  'refund_response',
  'run_at',
  'start_cursor',
  'start_date',
  'statement_descriptor',
  'successful_payment_id',
  'terminal_id',
  'transaction_hold',
]);

/** Documented, but present only in some situations: the declining network, the payment of an attempt. */
const sometimesAbsent = new Set(['decline_code', 'network', 'network_error_category', 'network_error_code']);

export function openPublishedApi(folder: string): PublishedApi {
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajvFormats.default(ajv);
  return {
    problemsWith: async ({ path, method, status, body }) => {
      const file = join(folder, 'paths', `${path}.yaml`);
      const description: unknown = await dereference(file, { resolve: { file: { read: readRelaxed } } });
      const content = valueAt(description, [method.toLowerCase(), 'responses', String(status), 'content']);
      const schema = valueAt(content, ['application/json', 'schema']);
      if (!isSchema(schema)) return [`${method} ${path} publishes no answer with status ${status}`];
      const validate = ajv.compile(relaxed(schema));
      if (validate(body)) return [];
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
  };
}

/** Slip: examples that span lines close their bracket in the column of their key, which is not YAML. */
async function readRelaxed({ url }: { readonly url: string }): Promise<string> {
  const path = url.startsWith('file:') ? fileURLToPath(url) : decodeURI(url);
  const text = await readFile(path, 'utf8');
  return text.replaceAll(/^( *)([\]}])$/gm, '$1  $2');
}

/** A copy of a schema without the slips, as JSON Schema that asks for every property. */
function relaxed(schema: unknown, name = ''): Schema {
  if (!isSchema(schema)) return {};
  const copy: Schema = { ...schema };
  // Not for judging; `format` is kept for dates only, because ids are called uuids but have a prefix.
  for (const keyword of ['example', 'examples', 'description', 'default', 'deprecated', 'required']) delete copy[keyword];
  if (copy.format !== 'date-time') delete copy.format;

  const { type } = schema;
  if (type === 'array of objects') Object.assign(copy, { type: 'array', items: { type: 'object' } });
  const enumeration = /^enum\[(.*)\]$/.exec(String(type));
  if (enumeration) Object.assign(copy, { type: 'string', enum: enumeration[1]!.split(/[ ,]+/) });
  if (type === 'uuid') copy.type = 'string';
  if (type === null) copy.type = 'null';
  // Ids are called numbers in places; a list has none.
  if (name === 'id') copy.type = ['string', 'null'];

  if (isSchema(schema.properties)) {
    const properties = Object.entries(schema.properties);
    copy.type ??= 'object';
    copy.properties = Object.fromEntries(properties.map(([property, value]) => [property, relaxed(value, property)]));
    copy.required = properties.map(([property]) => property).filter((property) => !sometimesAbsent.has(property));
  }
  // An array of alternatives is meant, a tuple is written.
  if (Array.isArray(schema.items)) copy.items = { anyOf: schema.items.map((item) => relaxed(item)) };
  else if (isSchema(schema.items)) copy.items = relaxed(schema.items);
  if (Array.isArray(schema.allOf)) copy.allOf = allOfRelaxed(schema.allOf);
  // The alternatives do not exclude each other.
  const alternatives = schema.oneOf ?? schema.anyOf;
  delete copy.oneOf;
  if (Array.isArray(alternatives)) copy.anyOf = alternatives.map((alternative) => relaxed(alternative));

  // Published in words only: an error object is here when there is no payment.
  // And no value while a reader waits for a card.
  if (name === 'payment_response') return { anyOf: [copy, { type: 'object', required: ['error'] }, { type: 'null' }] };
  // The method of a payment at a reader is published among the payment methods only.
  if (name === 'payment_method') return { anyOf: [copy, { type: 'object', required: ['card_present'] }] };
  const mayBeNull = schema.nullable === true || nullable.has(name);
  delete copy.nullable;
  return mayBeNull ? { anyOf: [copy, { type: 'null' }] } : copy;
}

/**
 * The envelope is one part, its content another. In the list of checkouts the inside is written as one checkout
 * where a list of them is meant.
 */
function allOfRelaxed(parts: readonly unknown[]): Schema[] {
  const isList = parts.some((part) => valueAt(part, ['properties', 'data', 'type']) === 'array');
  return parts.map((part) => {
    const data = valueAt(part, ['properties', 'data']);
    const isOneObject = isSchema(data) && isSchema(data.properties);
    if (!isList || !isOneObject || !isSchema(part) || !isSchema(part.properties)) return relaxed(part);
    return relaxed({ ...part, properties: { ...part.properties, data: { type: 'array', items: data } } });
  });
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isSchema(inner) ? inner[key] : undefined), value);
}
