import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ViciError } from './error.ts';
import { frame, FrameReader, SEGMENT_MAX } from './framing.ts';
import { decodeMessage, encodeMessage, type ViciElement, type ViciMessage } from './message.ts';
import { decodePacket, encodePacket } from './packet.ts';
import { messageOf } from './section.ts';
import { readTranscripts, type RecordedSection } from './transcripts.ts';

/** A decoded message as the recording writes it. */
const plain = (message: ViciMessage): RecordedSection =>
  Object.fromEntries([...message].map(([name, element]) => [name, plainElement(element)]));

function plainElement(element: ViciElement): string | string[] | RecordedSection {
  if (element instanceof Map) return plain(element);
  if (Array.isArray(element)) return element.map((item) => Buffer.from(item).toString());
  return Buffer.from(element).toString();
}

describe('recorded conversations', () => {
  for (const { name, frames } of readTranscripts()) {
    test(`${name}: ${frames.length} frames decode to what was recorded and encode to the same bytes`, () => {
      for (const recorded of frames) {
        const bytes = Buffer.from(recorded.hex, 'hex');
        const packet = decodePacket(bytes);
        if ('name' in packet) expect(packet.name).toBe(recorded.name);
        if ('message' in packet) expect(plain(packet.message)).toEqual(recorded.message ?? {});
        expect(encodePacket(packet).equals(bytes)).toBe(true);
      }
    });
  }
});

const name = fc.string({ unit: 'binary-ascii', maxLength: 255 });
const value = fc.uint8Array({ maxLength: 300 });
const { message } = fc.letrec<{ message: ViciMessage; element: ViciElement }>((tie) => ({
  element: fc.oneof({ depthSize: 'small' }, value, fc.array(value, { maxLength: 4 }), tie('message')),
  message: fc.array(fc.tuple(name, tie('element')), { maxLength: 5 }).map((entries) => new Map(entries)),
}));

const bytesOf = (decoded: ViciMessage) => encodeMessage(decoded).toString('hex');

describe('messages', () => {
  test('any message survives encoding and decoding, raw bytes included', () => {
    fc.assert(
      fc.property(message, (original) => {
        expect(bytesOf(decodeMessage(encodeMessage(original)))).toBe(bytesOf(original));
      }),
    );
  });

  test('keys keep their order, also those that look like numbers', () => {
    const decoded = decodeMessage(
      encodeMessage(
        new Map([
          ['b', Buffer.from('1')],
          ['7', Buffer.from('2')],
        ]),
      ),
    );
    expect([...decoded.keys()]).toEqual(['b', '7']);
  });

  test.each([
    ['a name', messageOf({ ['n'.repeat(256)]: 'x' })],
    ['a value', messageOf({ x: Buffer.alloc(65_536) })],
  ])('%s that is too long is refused', (_, tooLong) => {
    expect(() => encodeMessage(tooLong)).toThrow(ViciError);
  });

  test.each([
    ['cut in a name', '030561'],
    ['cut in a value', '030161000561'],
    ['a section that never ends', '010161'],
    ['a section end without a start', '02'],
    ['a list item outside a list', '05000161'],
    ['a section inside a list', '040161010162'],
    ['an unknown element', '09'],
    ['nested without end', '010161'.repeat(100)],
  ])('%s is malformed', (_, hex) => {
    expect(() => decodeMessage(Buffer.from(hex, 'hex'))).toThrow(ViciError);
  });
});

describe('hostile input', () => {
  test('any bytes decode or throw a ViciError, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodePacket(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ViciError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a recorded frame with any byte changed decodes or throws a ViciError', () => {
    const frames = readTranscripts().flatMap((transcript) => transcript.frames);
    fc.assert(
      fc.property(fc.constantFrom(...frames), fc.nat(), fc.nat(255), ({ hex }, at, byte) => {
        const bytes = Buffer.from(hex, 'hex');
        bytes[at % bytes.length] = byte;
        try {
          decodePacket(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ViciError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('framing', () => {
  test('segments come out whole, however the bytes are cut', () => {
    const segments = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 8 });
    fc.assert(
      fc.property(segments, fc.integer({ min: 1, max: 20 }), (sent, step) => {
        const stream = Buffer.concat(sent.map((segment) => frame(segment)));
        const reader = new FrameReader();
        const received: Buffer[] = [];
        for (let at = 0; at < stream.length; at += step)
          received.push(...reader.push(stream.subarray(at, at + step)));
        expect(received.map((segment) => segment.toString('hex'))).toEqual(
          sent.map((segment) => Buffer.from(segment).toString('hex')),
        );
      }),
    );
  });

  test('a length that no segment can have is refused before it is waited for', () => {
    expect(() => new FrameReader().push(Buffer.from('ffffffff', 'hex'))).toThrow(ViciError);
    expect(() => frame(Buffer.alloc(SEGMENT_MAX + 1))).toThrow(ViciError);
  });
});
