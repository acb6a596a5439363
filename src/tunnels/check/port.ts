/** The typed port: null for none, NaN for what is no port. */
export function toPort(text: string): number | null {
  const typed = text.trim();
  if (typed === '') return null;
  return /^\d{1,5}$/.test(typed) ? Number(typed) : Number.NaN;
}

/** For react-hook-form: true, or why it is refused. */
export function portRefusal(text: string): true | string {
  const port = toPort(text);
  if (port === null) return true;
  if (Number.isNaN(port)) return 'Enter a port number.';
  return (port >= 1 && port <= 65_535) || 'Ports go from 1 to 65535.';
}
