/** The server's API with an API token, for what a test or the lab prepares; throws with the problem's text. */
export class Api {
  readonly #base: string;
  readonly #token: string;

  constructor(port: number, token: string) {
    this.#base = `http://127.0.0.1:${port}/api/v1`;
    this.#token = token;
  }

  async get<Body>(path: string): Promise<Body> {
    return await this.#send<Body>('GET', path);
  }

  async post<Body>(path: string, body: unknown): Promise<Body> {
    return await this.#send<Body>('POST', path, body);
  }

  async put<Body>(path: string, body?: unknown): Promise<Body> {
    return await this.#send<Body>('PUT', path, body);
  }

  async patch<Body>(path: string, body: unknown, revision: number): Promise<Body> {
    return await this.#send<Body>('PATCH', path, body, { 'if-match': `"${revision}"` });
  }

  async delete(path: string): Promise<void> {
    await this.#send<null>('DELETE', path);
  }

  async #send<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Body> {
    const response = await fetch(this.#base + path, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const parsed: Body = JSON.parse(text || 'null');
    return parsed;
  }
}
