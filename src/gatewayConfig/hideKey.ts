import type { ConfSegment, GatewayDocument, GatewayPart } from '../../contract/gatewayConfig/document.ts';

const placeholder = '<pre-shared key>';
const dots = '••••••••••••';

function mapSegments(part: GatewayPart, change: (segment: ConfSegment) => ConfSegment): GatewayPart {
  switch (part.kind) {
    case 'file':
    case 'commands':
      return { ...part, lines: part.lines.map((line) => line.map(change)) };
    case 'steps':
      return {
        ...part,
        steps: part.steps.map((step) => ({
          ...step,
          fields: step.fields.map((field) => ({ ...field, value: change(field.value) })),
        })),
      };
    case 'sheet':
      return { ...part, rows: part.rows.map((row) => ({ ...row, values: row.values.map(change) })) };
  }
}

/** Whether the document says somewhere that the key belongs there, instead of holding it. */
export const lacksKey = (document: GatewayDocument): boolean => {
  let lacks = false;
  for (const part of document.parts) {
    mapSegments(part, (segment) => {
      lacks ||= segment.missing === true && segment.text === placeholder;
      return segment;
    });
  }
  return lacks;
};

/** A document that holds the key, as it is shown to whoever looks over a shoulder: made from the one `without` it. */
export const hideKey = (document: GatewayDocument, without: GatewayDocument): GatewayDocument => ({
  ...document,
  parts: without.parts.map((part) =>
    mapSegments(part, (segment) =>
      segment.missing === true && segment.text === placeholder ? { text: dots } : segment,
    ),
  ),
});
