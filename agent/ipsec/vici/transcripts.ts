import { readFileSync } from 'node:fs';

/** Conversations with strongSwan 5.9.8, recorded frame by frame: the codec's and the diagnoses' test oracle. */
export type Transcript = { name: string; ike_version: 1 | 2; frames: TranscriptFrame[] };
export type TranscriptFrame = { dir: 'c2s' | 's2c'; hex: string; name?: string; message?: RecordedSection };
export type RecordedSection = { [name: string]: string | string[] | RecordedSection };

export function readTranscripts(): Transcript[] {
  const file = new URL('../vectors/vici-transcripts.json', import.meta.url);
  const recorded: { scenarios: Transcript[] } = JSON.parse(readFileSync(file, 'utf8'));
  return recorded.scenarios;
}

/** The client's log in a recorded conversation, from `initiate` until it is terminated. */
export function recordedLog({ frames }: Transcript): string[] {
  const from = frames.findIndex(({ name }) => name === 'initiate');
  const to = frames.findIndex(({ name }) => name === 'terminate');
  return frames.slice(from, to).flatMap(({ name, message }) => {
    const text = message?.['msg'];
    return name === 'log' && typeof text === 'string' && message?.['ikesa-name'] !== undefined ? [text] : [];
  });
}
