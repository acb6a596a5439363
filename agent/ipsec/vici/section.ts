import type { ViciElement, ViciMessage } from './message.ts';

/** A message as one writes it in code; text becomes UTF-8. Left-out (undefined) keys are skipped. */
export type ViciObject = { [name: string]: ViciInput | undefined };
export type ViciInput = string | Uint8Array | readonly string[] | ViciObject;

/** Turns an object into a message, keys in the order they are written. */
export function messageOf(object: ViciObject): ViciMessage {
  const message: ViciMessage = new Map();
  for (const [name, input] of Object.entries(object)) {
    if (input !== undefined) message.set(name, elementOf(input));
  }
  return message;
}

function elementOf(input: ViciInput): ViciElement {
  if (typeof input === 'string') return Buffer.from(input, 'utf8');
  if (input instanceof Uint8Array) return input;
  if (isList(input)) return input.map((item) => Buffer.from(item, 'utf8'));
  return messageOf(input);
}

const isList = (input: readonly string[] | ViciObject): input is readonly string[] => Array.isArray(input);

/** The value as text; null when it is missing, a list or a section. */
export function textAt(message: ViciMessage, name: string): string | null {
  const element = message.get(name);
  return element instanceof Uint8Array ? Buffer.from(element).toString('utf8') : null;
}

/** A counter or a time: a whole number, 0 when it is missing or none. */
export function numberAt(message: ViciMessage, name: string): number {
  const number = Number(textAt(message, name) ?? 0);
  return Number.isFinite(number) ? number : 0;
}

/** A list's texts; empty when it is missing or no list. */
export function listAt(message: ViciMessage, name: string): string[] {
  const element = message.get(name);
  return Array.isArray(element) ? element.map((item) => Buffer.from(item).toString('utf8')) : [];
}

/** The sections inside a section, by name; empty when it is missing or no section. */
export function sectionsAt(message: ViciMessage, name: string): [string, ViciMessage][] {
  const element = message.get(name);
  return element instanceof Map ? sectionsOf(element) : [];
}

export function sectionsOf(message: ViciMessage): [string, ViciMessage][] {
  return [...message].flatMap(([name, element]) => (element instanceof Map ? [[name, element]] : []));
}
