/**
 * What is typed into a gateway or read in its log, as it stands in a sentence: addresses and subnets, `name=value`
 * settings, cipher suites and key exchanges, notifies such as NO_PROPOSAL_CHOSEN.
 */
const technical = new RegExp(
  [
    String.raw`\b[a-z]+=%?[\w./:%-]*[\w%]`,
    String.raw`\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b`,
    String.raw`\b[0-9a-f]{1,4}:[0-9a-f:]*:[0-9a-f:]*(?:\/\d{1,3})?`,
    String.raw`\b(?:aes|3des|camellia|chacha20|modp|ecp|curve|x25519|x448|sha\d|prf|mlkem)[a-z0-9_]*(?:-[a-z0-9_]+)*\b`,
    String.raw`\b[A-Z]+(?:_[A-Z]+)+\b`,
    // The IKE identity of a replica.
    String.raw`\b[a-z0-9-]+\.[a-z0-9]+\.culvert\b`,
  ].join('|'),
  'g',
);

/** A sentence cut into words and technical parts, in order. */
export function technicalParts(text: string): { text: string; technical: boolean }[] {
  const parts: { text: string; technical: boolean }[] = [];
  let at = 0;
  for (const match of text.matchAll(technical)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index), technical: false });
    parts.push({ text: match[0], technical: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), technical: false });
  return parts;
}
