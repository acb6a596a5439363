export type ServerEvent = { event: string; data: string };

/**
 * Cuts a server-sent event stream into events (WHATWG HTML, 9.2.6, without `id` and `retry`, which our server doesn't
 * send). Feed it the text as it arrives, in pieces of any size; it keeps what is incomplete.
 */
export function createEventParser(): (text: string) => ServerEvent[] {
  let rest = '';
  let event = 'message';
  let data: string[] = [];
  return (text) => {
    const events: ServerEvent[] = [];
    rest += text;
    const lines = rest.split(/\r\n|\r(?!$)|\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) events.push({ event, data: data.join('\n') });
        event = 'message';
        data = [];
        continue;
      }
      const colon = line.indexOf(':');
      const name = colon === -1 ? line : line.slice(0, colon);
      const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (name === 'event') event = value;
      if (name === 'data') data.push(value);
    }
    return events;
  };
}

/** Milliseconds to wait before try number `attempt` (from 1): within a second first, at most ten, never in step. */
export const backoff = (attempt: number, random: number) =>
  Math.round((attempt === 1 ? 1000 : Math.min(10_000, 1000 * 2 ** (attempt - 1))) * (0.25 + 0.75 * random));
