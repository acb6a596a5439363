import { ViciError } from './error.ts';

/**
 * A VICI message: named values, lists of values and sections, in order (order means something to charon, so this is a
 * Map: an object would move keys that look like numbers to the front). Values are bytes; most of them hold text.
 */
export type ViciMessage = Map<string, ViciElement>;
export type ViciElement = Uint8Array | Uint8Array[] | ViciMessage;

// strongSwan 5.9, src/libcharon/plugins/vici/README.md, "Message format".
const SECTION_START = 1;
const SECTION_END = 2;
const KEY_VALUE = 3;
const LIST_START = 4;
const LIST_ITEM = 5;
const LIST_END = 6;

const NAME_MAX = 0xff;
const VALUE_MAX = 0xffff;
/** charon itself nests four deep; the limit keeps a hostile message off the stack. */
const DEPTH_MAX = 16;

/** Bytes of a message. Throws ViciError `too-large` for a name over 255 or a value over 65535 bytes. */
export function encodeMessage(message: ViciMessage): Buffer {
  const parts: Buffer[] = [];
  encodeSection(message, parts);
  return Buffer.concat(parts);
}

function encodeSection(section: ViciMessage, parts: Buffer[]): void {
  for (const [name, element] of section) {
    if (element instanceof Map) {
      parts.push(Buffer.of(SECTION_START), encodeName(name));
      encodeSection(element, parts);
      parts.push(Buffer.of(SECTION_END));
    } else if (Array.isArray(element)) {
      parts.push(Buffer.of(LIST_START), encodeName(name));
      for (const item of element) parts.push(Buffer.of(LIST_ITEM), encodeValue(item));
      parts.push(Buffer.of(LIST_END));
    } else {
      parts.push(Buffer.of(KEY_VALUE), encodeName(name), encodeValue(element));
    }
  }
}

/** A name with its 8-bit length; latin1, so that every byte survives decoding and encoding. */
export function encodeName(name: string): Buffer {
  const bytes = Buffer.from(name, 'latin1');
  if (bytes.length > NAME_MAX) throw new ViciError('too-large', `A name of ${bytes.length} bytes; 255 fit.`);
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function encodeValue(value: Uint8Array): Buffer {
  if (value.length > VALUE_MAX)
    throw new ViciError('too-large', `A value of ${value.length} bytes; 65535 fit.`);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(value.length);
  return Buffer.concat([head, value]);
}

/** Reads a whole message. Throws ViciError `malformed` for anything charon would not write. */
export function decodeMessage(bytes: Uint8Array): ViciMessage {
  const cursor = new Cursor(bytes);
  const open: { name: string; section: ViciMessage }[] = [];
  let section: ViciMessage = new Map();
  while (!cursor.atEnd()) {
    const kind = cursor.byte();
    if (kind === SECTION_START) {
      if (open.length >= DEPTH_MAX) throw new ViciError('malformed', 'Sections nest too deep.');
      open.push({ name: cursor.name(), section });
      section = new Map();
    } else if (kind === SECTION_END) {
      const outer = open.pop();
      if (!outer) throw new ViciError('malformed', 'A section ends that never started.');
      outer.section.set(outer.name, section);
      section = outer.section;
    } else if (kind === KEY_VALUE) {
      section.set(cursor.name(), cursor.value());
    } else if (kind === LIST_START) {
      section.set(cursor.name(), decodeList(cursor));
    } else {
      throw new ViciError('malformed', `Element ${kind} can’t stand here.`);
    }
  }
  if (open.length > 0) throw new ViciError('malformed', 'A section never ends.');
  return section;
}

function decodeList(cursor: Cursor): Uint8Array[] {
  const items: Uint8Array[] = [];
  for (;;) {
    const kind = cursor.byte();
    if (kind === LIST_END) return items;
    if (kind !== LIST_ITEM) throw new ViciError('malformed', `Element ${kind} can’t stand in a list.`);
    items.push(cursor.value());
  }
}

/** Reads from the front of some bytes and throws `malformed` where they end too early. */
export class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    return this.#take(1).readUInt8();
  }

  name(): string {
    return this.#take(this.byte()).toString('latin1');
  }

  value(): Uint8Array {
    return this.#take(this.#take(2).readUInt16BE());
  }

  rest(): Uint8Array {
    return this.#take(this.#bytes.length - this.#at);
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new ViciError('malformed', 'The message is cut short.');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
