import { ViciError } from './error.ts';

/** charon refuses larger segments (vici_socket.h, VICI_MESSAGE_SIZE_MAX). Bytes. */
export const SEGMENT_MAX = 512 * 1024;

/** A segment behind its length: 4 bytes, big-endian. Throws ViciError `too-large`. */
export function frame(segment: Uint8Array): Buffer {
  if (segment.length > SEGMENT_MAX) {
    throw new ViciError('too-large', `A message of ${segment.length} bytes; 512 KB fit.`);
  }
  const head = Buffer.alloc(4);
  head.writeUInt32BE(segment.length);
  return Buffer.concat([head, segment]);
}

/** Cuts a stream of bytes back into segments, however they arrive. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;

  /** The segments that are complete with these bytes. Throws ViciError `too-large` for a length no segment can have. */
  push(bytes: Uint8Array): Buffer[] {
    this.#chunks.push(Buffer.from(bytes));
    this.#length += bytes.length;
    const segments: Buffer[] = [];
    for (;;) {
      if (this.#length < 4) return segments;
      const size = this.#peekSize();
      if (size > SEGMENT_MAX) throw new ViciError('too-large', `A message of ${size} bytes is announced.`);
      if (this.#length < 4 + size) return segments;
      const all = Buffer.concat(this.#chunks);
      segments.push(all.subarray(4, 4 + size));
      const rest = all.subarray(4 + size);
      this.#chunks = [rest];
      this.#length = rest.length;
    }
  }

  #peekSize(): number {
    const [first] = this.#chunks;
    if (first && first.length >= 4) return first.readUInt32BE();
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined.readUInt32BE();
  }
}
