/** Whether an address leads whoever asks for it to their own machine. Source: RFC 6761, 6.3, and RFC 1122, 3.2.1.3. */
export function isThisMachine(address: string): boolean {
  const host = URL.parse(address)?.hostname ?? '';
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
}
