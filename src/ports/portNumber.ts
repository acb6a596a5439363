/** What somebody typed or pasted as a port: a number, or what is wrong, with the number that was probably meant. */
export type TypedPort = { port: number } | { problem: string; meant?: number };

const inRange = (port: number) => port >= 1 && port <= 65_535;

/** The port in a pasted address: “:3000”, “localhost:3000”, “http://127.0.0.1:3000/path”. */
function portInAddress(text: string): number | undefined {
  const digits = /^(?:[a-z]+:\/\/)?[^\s/:]*:(\d{1,5})(?:\/.*)?$/i.exec(text)?.[1];
  const port = Number(digits);
  return digits !== undefined && inRange(port) ? port : undefined;
}

/** Reads a port number; blanks around it don’t matter, because they come along when one is pasted. */
export function typedPort(text: string): TypedPort {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'Enter a port number, such as 3000.' };
  if (/^\d+$/.test(trimmed)) {
    const port = Number(trimmed);
    return inRange(port) ? { port } : { problem: 'Ports go from 1 to 65535.' };
  }
  const meant = portInAddress(trimmed);
  return meant === undefined
    ? { problem: 'Enter a number, such as 3000.' }
    : { problem: 'Enter the port’s number alone.', meant };
}
