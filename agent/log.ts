/** One line per event on standard output, as JSON, so that journalctl shows it and machines can read it. */
export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

type Level = keyof Log;

const secretFields = /^(?:presharedkey|psk|secret|token|jointoken|authorization|password)$/i;
const tokenText = /culv_[a-z]+_[A-Za-z0-9_-]{8,}/g;
const deepest = 6;

/**
 * `write` gets one complete line with its newline. Values of fields that are named like a secret, and tokens inside any
 * text, are replaced: a log line never holds a PSK or a token, whoever wrote the call.
 */
export function createLog(write: (line: string) => void, now: () => Date = () => new Date()): Log {
  const line = (level: Level, fields: Record<string, unknown>, message: string): void => {
    const entry = {
      time: now().toISOString(),
      level,
      message: withoutTokens(message),
      ...cleanFields(fields, 0),
    };
    write(`${JSON.stringify(entry)}\n`);
  };
  return {
    info: (fields, message) => line('info', fields, message),
    warn: (fields, message) => line('warn', fields, message),
    error: (fields, message) => line('error', fields, message),
  };
}

function cleanFields(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      secretFields.test(name) ? '…' : clean(value, depth),
    ]),
  );
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withoutTokens(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) return withoutTokens(value.message);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  return cleanFields(value, depth + 1);
}

const withoutTokens = (text: string): string => text.replace(tokenText, 'culv_…');
