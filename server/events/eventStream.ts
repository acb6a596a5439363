/** Bytes that may wait for a client. One that is further behind is dropped: it reconnects and refetches everything. */
export const UNSENT_LIMIT = 64 * 1024;

const encoder = new TextEncoder();

/** An event of a server-sent event stream, in bytes (WHATWG HTML, 9.2.5). */
export const eventBytes = (event: string, data: unknown): Uint8Array<ArrayBuffer> =>
  encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

/** A comment line, which keeps the connection from being taken for dead. */
export const beat = encoder.encode(': beat\n\n');

export type EventStream = {
  body: ReadableStream<Uint8Array>;
  send(bytes: Uint8Array): void;
  /** Closes once everything was sent; with `last`, after that. */
  end(last?: Uint8Array): void;
};

/** The body of an event stream. `ended` is called once, whoever ended it. */
export function createEventStream(ended: () => void): EventStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  const finish = () => {
    if (!controller) return;
    controller = null;
    ended();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(started) {
        controller = started;
      },
      cancel: finish,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: UNSENT_LIMIT }),
  );
  const send = (bytes: Uint8Array) => {
    if (!controller) return;
    controller.enqueue(bytes);
    if ((controller.desiredSize ?? 0) >= 0) return;
    controller.error(new Error('The client reads too slowly.'));
    finish();
  };
  return {
    body,
    send,
    end(last) {
      if (last) send(last);
      controller?.close();
      finish();
    },
  };
}
