/** A setting's text, parsed: its value, or what is wrong with it as the rest of a sentence. */
export type Parsed<Value> = { value: Value } | { problem: string };

export type Parser<Value> = (text: string) => Parsed<Value>;

export const text: Parser<string> = (given) =>
  given.trim() === '' ? { problem: 'it is empty.' } : { value: given };

export const port: Parser<number> = (given) => {
  const number = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  return number <= 65_535 ? { value: number } : { problem: `“${given}” is not a port (0 to 65535).` };
};

const yes = new Set(['true', '1', 'yes', 'on']);
const no = new Set(['false', '0', 'no', 'off']);

export const flag: Parser<boolean> = (given) => {
  const word = given.toLowerCase();
  if (yes.has(word)) return { value: true };
  if (no.has(word)) return { value: false };
  return { problem: `“${given}” is neither true nor false.` };
};

/** 32 bytes in base64, base64url or hex. The text itself is never repeated: it is a secret. */
export const key: Parser<Uint8Array<ArrayBuffer>> = (given) => {
  const bytes = Buffer.from(given, /^[0-9a-f]{64}$/i.test(given) ? 'hex' : 'base64');
  if (bytes.length !== 32)
    return { problem: 'it must be 32 bytes in base64 or hex (openssl rand -base64 32).' };
  return { value: new Uint8Array(bytes) };
};
