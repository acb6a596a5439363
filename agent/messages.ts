import { ToAgent } from '../contract/agentProtocol.ts';

export type ReadMessage =
  | { kind: 'message'; value: ToAgent }
  /** A type this agent has never heard of, from a newer server: passed over. */
  | { kind: 'unknown' }
  /** `problem` names where it is wrong, never what stands there: messages hold pre-shared keys. */
  | { kind: 'invalid'; problem: string };

const knownTypes: ReadonlySet<string> = new Set(ToAgent.options.map((option) => option.shape.type.value));

/** Reads one text message of the server. */
export function readMessage(text: string): ReadMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'invalid', problem: 'not JSON' };
  }
  if (typeof json !== 'object' || json === null || !('type' in json) || typeof json.type !== 'string') {
    return { kind: 'invalid', problem: 'no type' };
  }
  if (!knownTypes.has(json.type)) return { kind: 'unknown' };
  const message = ToAgent.safeParse(json);
  if (message.success) return { kind: 'message', value: message.data };
  const places = message.error.issues.map((issue) => issue.path.join('.'));
  return { kind: 'invalid', problem: `${json.type}: ${places.slice(0, 5).join(', ')}` };
}
