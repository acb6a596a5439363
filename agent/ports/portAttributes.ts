import type { DeclaredPort } from '../../contract/agentProtocol.ts';

export type PortAttributes = Pick<DeclaredPort, 'label' | 'protocol' | 'onAutoForward'>;
type OnAutoForward = DeclaredPort['onAutoForward'];

/** One value of `portsAttributes`. */
export function attributesOf(value: unknown): PortAttributes {
  const { label, protocol, onAutoForward } = fieldsOf(value);
  return {
    label: typeof label === 'string' ? plainLabel(label) : null,
    protocol: protocol === 'http' || protocol === 'https' ? protocol : null,
    onAutoForward: onAutoForwardOf(onAutoForward),
  };
}

/** What `otherPortsAttributes` says of ports that aren't named. */
export const otherAttributesOf = (value: unknown): OnAutoForward =>
  onAutoForwardOf(fieldsOf(value).onAutoForward);

type Fields = { label?: unknown; protocol?: unknown; onAutoForward?: unknown };

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Opening a browser or a preview is an editor's business: here it means to be told of the port. */
function onAutoForwardOf(value: unknown): OnAutoForward {
  switch (value) {
    case 'notify':
    case 'openBrowser':
    case 'openBrowserOnce':
    case 'openPreview':
      return 'notify';
    case 'silent':
    case 'ignore':
      return value;
    default:
      return null;
  }
}

const LABEL_MAX = 60;

/** Nothing invisible, nothing that turns the direction of other text on the page (category C), and one line. */
function plainLabel(text: string): string | null {
  const plain = text.replace(/\s+/gu, ' ').replace(/\p{C}/gu, '').trim();
  // By characters: half of a surrogate pair would not be text.
  let cut = '';
  for (const character of plain) {
    if (cut.length + character.length > LABEL_MAX) break;
    cut += character;
  }
  return cut.trimEnd() || null;
}
