/** Always as many, so that they don't tell the key's length. */
export const DOTS = '••••••••';

/** Characters of one line that are a secret, `to` excluded; columns from 0. */
export type SecretSpan = { line: number; from: number; to: number };

/** `: PSK "…"` and its relatives of ipsec.secrets, also in comments: everything behind the keyword. */
const secretsLine = /((?:^|:)[\s#]{0,80}(?:PSK|EAP|XAUTH|NTLM|PIN|RSA|ECDSA|BLISS|P12|PKCS8)\s{1,80})\S.*$/i;
/** Libreswan's raw keys, a number a line. */
const keyNumber =
  /^(\s{0,80}(?:Modulus|P(?:ublic|rivate)Exponent|Prime\d|Exponent\d|Coefficient)\s{0,9}:)\s*\S.*$/i;
/** `secret = …`, `leftpassword=…`, and other vendors' `pre-shared-key …`. */
const assignment =
  /((?:^|[\s{#;])[\w-]{0,40}(?:secret|passw(?:or)?d|passphrase|psk)[\w-]{0,40}\s{0,80}=\s{0,80})(?:"(?:[^"\\]|\\.)*"?|[^\s"}#]+(?:\s+[^\s"}#]+)*)/gi;
const otherVendors = /((?:pre-?shared-?key|psksecret)\s{1,80})\S.*$/i;

/** What every secret that is recognized by its looks has in its line: most lines have nothing of it. */
const suspicious =
  /psk|secret|pass|pre-?shared|exponent|prime|modulus|coefficient|:[\s#]*[a-z]|^[\s#]*(?:[exr]|nt|pin|bliss|p12|pkcs)/i;

/** A line to show: what parsers know to be a secret is dots, and so is what merely looks like one. */
function mask(text: string, spans: readonly SecretSpan[]): string {
  let masked = text;
  for (const { from, to } of spans.toSorted((a, b) => b.from - a.from)) {
    if (to > from) masked = masked.slice(0, from) + DOTS + masked.slice(to);
  }
  if (!suspicious.test(masked)) return masked;
  return masked
    .replace(secretsLine, `$1${DOTS}`)
    .replace(keyNumber, `$1 ${DOTS}`)
    .replace(assignment, `$1${DOTS}`)
    .replace(otherVendors, `$1${DOTS}`);
}

/** All lines as they may be shown: no pre-shared key, password or private key is in them. */
export function maskLines(texts: readonly string[], spans: readonly SecretSpan[]): string[] {
  const byLine = new Map<number, SecretSpan[]>();
  for (const span of spans) {
    const others = byLine.get(span.line);
    if (others) others.push(span);
    else byLine.set(span.line, [span]);
  }
  let inPrivateKey = false;
  return texts.map((text, index) => {
    if (/-----END [A-Z ]{0,40}-----/.test(text)) inPrivateKey = false;
    if (inPrivateKey) return DOTS;
    if (/-----BEGIN [A-Z ]{0,40}KEY-----/.test(text)) inPrivateKey = true;
    return mask(text, byLine.get(index + 1) ?? []);
  });
}
