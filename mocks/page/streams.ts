/** Event streams of the page, so that a test can cut them as a lost network does. */
export class Streams {
  readonly #cuts = new Set<AbortController>();

  /** The same response, if it is an event stream one that `cut` breaks. */
  watch(response: Response): Response {
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    if (!isStream || response.body === null) return response;
    const cut = new AbortController();
    this.#cuts.add(cut);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    void response.body
      .pipeTo(writable, { signal: cut.signal })
      .catch(() => {
        // Cut, or left by the page: both ends know already.
      })
      .finally(() => this.#cuts.delete(cut));
    return new Response(readable, response);
  }

  cut(): void {
    for (const cut of this.#cuts) cut.abort(new Error('The stream was cut.'));
  }
}
