import { html, prose, type Html } from '../http/html.ts';

/** As much of a JSON schema as the document uses. */
type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  description?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** What a value is, in one line: `string (date-time) or null`, `list of Vpn`. Names of schemas are links. */
export function typeLine(schema: unknown): Html {
  if (!isSchema(schema)) return html`anything`;
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.allOf) return joined(schema.allOf.filter(saysType), ' and ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return joined(choices, ' or ');
  if (schema.enum)
    return html`${schema.enum.map((value, at) => html`${at > 0 ? ' | ' : ''}<code>${JSON.stringify(value)}</code>`)}`;
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  const types = [schema.type ?? []].flat();
  if (types.includes('array'))
    return html`list of ${typeLine(schema.items)}${types.includes('null') ? ' or null' : ''}`;
  const format = schema.format === undefined ? '' : ` (${schema.format})`;
  return html`${types.join(' or ') || 'anything'}${format}`;
}

const saysType = (schema: Schema) => schema.$ref !== undefined || schema.type !== undefined;

const joined = (schemas: Schema[], word: string) =>
  html`${schemas.map((schema, at) => html`${at > 0 ? word : ''}${typeLine(schema)}`)}`;

/** Limits and the default, as words. */
function limits({ minimum, maximum, minLength, maxLength, default: fallback }: Schema): string {
  return [
    minimum === undefined ? null : `at least ${minimum}`,
    maximum === undefined ? null : `at most ${maximum}`,
    minLength === undefined ? null : `at least ${minLength} characters`,
    maxLength === undefined ? null : `at most ${maxLength} characters`,
    fallback === undefined ? null : `${JSON.stringify(fallback)} if left out`,
  ]
    .filter((limit) => limit !== null)
    .join(', ');
}

/** One line of a table of fields or parameters. */
export function fieldRow(name: string, schema: unknown, options: { required: boolean; note?: string }): Html {
  const known = isSchema(schema) ? schema : {};
  const text = [options.note, known.description, limits(known)].filter(Boolean).join(' · ');
  return html`<tr>
    <th scope="row">
      <code>${name}</code>${options.required ? null : html` <span class="optional">optional</span>`}
    </th>
    <td>${typeLine(schema)}${text === '' ? null : html`<div class="note">${prose(text)}</div>`}</td>
  </tr>`;
}

/** The fields of an object, or what else the value is. Objects inside are shown with it, by dotted names. */
export function schemaTable(schema: unknown): Html {
  if (!isSchema(schema) || !schema.properties) return html`<p class="type">${typeLine(schema)}</p>`;
  return html`<div class="table">
    <table>
      ${fieldRows(schema, '')}
    </table>
  </div>`;
}

function fieldRows(schema: Schema, prefix: string): Html[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    fieldRow(prefix + name, field, { required: required.has(name) }),
    ...(field.properties ? fieldRows(field, `${prefix}${name}.`) : []),
    ...(field.items?.properties ? fieldRows(field.items, `${prefix}${name}[].`) : []),
  ]);
}
