/** The cookies that one person's browser holds for the server. Paths and domains don't matter here: there is one site. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** Takes a Set-Cookie value; one that is over is forgotten. */
  store(setCookie: string, now: number): void {
    const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    if (isOver(attributes, now)) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(equals + 1));
  }

  /** As a Cookie header. */
  header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  all(): { name: string; value: string }[] {
    return [...this.#cookies].map(([name, value]) => ({ name, value }));
  }

  clear(): void {
    this.#cookies.clear();
  }
}

function isOver(attributes: readonly string[], now: number): boolean {
  for (const attribute of attributes) {
    const [name = '', value = ''] = attribute.split('=');
    if (name.toLowerCase() === 'max-age') return Number(value) <= 0;
    if (name.toLowerCase() === 'expires') return Date.parse(value) <= now;
  }
  return false;
}
