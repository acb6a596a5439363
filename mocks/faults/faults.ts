/**
 * A fault answers in the app's place, or delays it. It is written as a query string, several of them with commas between:
 *
 *   status=503&match=/vpns&method=GET&times=1     answers 503 to the first GET whose path holds /vpns
 *   delay=200                                     every request reaches the app 200 ms later
 *   late=200                                      the app acts at once, its answer comes 200 ms later
 *   net=1                                         the connection breaks before an answer
 *   hold=1                                        waits until the fault is taken away
 *   keep=1                                        the app acts at once, its answer waits until the fault is taken away
 *
 * `match` is part of the path, `*` standing for anything; without it every request matches.
 */
export type Fault = {
  match: RegExp;
  method: string | null;
  delayMs: number;
  lateMs: number;
  hold: boolean;
  keep: boolean;
  /** null: the app answers. */
  answer: { kind: 'status'; status: number } | { kind: 'network-error' } | null;
  times: number;
};

/** @throws Error for a key that no fault has: a misspelt fault would quietly test nothing. */
export function parseFaults(text: string): Fault[] {
  return text
    .split(',')
    .filter((spec) => spec.trim() !== '')
    .map(parseFault);
}

const keys = new Set(['status', 'net', 'delay', 'late', 'hold', 'keep', 'times', 'match', 'method']);

function parseFault(spec: string): Fault {
  const fields = new URLSearchParams(spec.trim());
  for (const key of fields.keys()) if (!keys.has(key)) throw new Error(`A fault has no “${key}”: ${spec}`);
  const number = (key: string, otherwise: number) => {
    const value = Number(fields.get(key) ?? otherwise);
    if (!Number.isFinite(value) || value < 0) throw new Error(`“${key}” of a fault is a number: ${spec}`);
    return value;
  };
  const status = number('status', 0);
  return {
    match: pattern(fields.get('match') ?? ''),
    method: fields.get('method')?.toUpperCase() ?? null,
    delayMs: number('delay', 0),
    lateMs: number('late', 0),
    hold: fields.get('hold') === '1',
    keep: fields.get('keep') === '1',
    answer:
      fields.get('net') === '1'
        ? { kind: 'network-error' }
        : status === 0
          ? null
          : { kind: 'status', status },
    times: number('times', Number.MAX_SAFE_INTEGER),
  };
}

function pattern(match: string): RegExp {
  const literal = match.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`));
  return new RegExp(literal.join('.*'));
}
