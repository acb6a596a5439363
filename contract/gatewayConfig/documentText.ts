import type { ConfLine, GatewayDocument, GatewayPart } from './document.ts';

/** Lines as the text of a file. */
export const linesText = (lines: readonly ConfLine[]): string =>
  lines.map((line) => `${line.map((segment) => segment.text).join('')}\n`).join('');

/** One part as text: a file as it is, steps and sheets as a list. Ends with a line break. */
export function partText(part: GatewayPart): string {
  switch (part.kind) {
    case 'file':
    case 'commands':
      return linesText(part.lines);
    case 'steps':
      return part.steps
        .map(({ where, fields }, index) => {
          const entries = fields.map(({ field, value }) => `   - ${field}: ${value.text}\n`);
          return `${index + 1}. ${where}\n${entries.join('')}`;
        })
        .join('\n');
    case 'sheet':
      return part.rows
        .map(({ name, values, note }) => {
          const value = values.map(({ text }) => text).join(', ');
          return `${name}: ${value}${note === null ? '' : ` (${note})`}\n`;
        })
        .join('');
  }
}

/** What starts a comment where the text is pasted; null: it isn't pasted. */
const commentMarks = {
  'strongswan-ipsec': '#',
  'strongswan-swanctl': '#',
  libreswan: '#',
  'cisco-ios-xe': '!',
  fortigate: '#',
  mikrotik: '#',
  opnsense: null,
  pfsense: null,
  generic: null,
} as const;

/**
 * The whole document as one text, for a download: what the network admin should know, then every part under its name.
 * Everything but the parts' own lines is a comment where the text can be pasted.
 */
export function documentText(document: GatewayDocument): string {
  const mark = commentMarks[document.kind];
  const said = (text: string) => (mark === null ? `${text}\n` : `${mark} ${text}\n`);
  if (document.unfit !== null) return said(document.unfit);
  const isTemplate = document.proof === 'template' && document.kind !== 'generic';
  const template = isTemplate ? ['This is a template. It was not run by us.'] : [];
  const notes = [...template, ...document.notes].map(said).join('');
  const parts = document.parts.map((part) => {
    const heading = part.kind === 'file' || part.kind === 'commands' ? part.name : part.title;
    return `${said(heading)}${partText(part)}`;
  });
  return [notes, ...parts].filter((text) => text !== '').join('\n');
}
