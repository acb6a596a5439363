import { pino, type DestinationStream } from 'pino';
import type { Log } from '../deps.ts';

/** Field names whose values are never written, at any of the depths that fields have. */
const secretNames = [
  'password',
  'newPassword',
  'currentPassword',
  'preSharedKey',
  'psk',
  'secret',
  'secretKey',
  'token',
  'authorization',
  'cookie',
];

const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*["${name}"]`]);

/** What a secret of ours looks like inside any text: an error’s message, a URL. */
const tokenPattern = /culv_(session|api|invitation|reset|setup|join)_[\w-]+/g;

const hideTokens = (line: string) => line.replaceAll(tokenPattern, 'culv_$1_[hidden]');

/** Lines of JSON on `destination`; for a person at a terminal, short lines instead. No secret gets into either. */
export function createLog(destination: DestinationStream, readable: boolean): Log {
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[hidden]' } },
    { write: (line: string) => destination.write(hideTokens(readable ? forPeople(line) : line)) },
  );
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}

/** `08:03:12 warn  message  name=value …` */
function forPeople(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line);
  const name = level >= 50 ? 'error' : level >= 40 ? 'warn ' : 'info ';
  const details = Object.entries(fields).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${[String(time).slice(11, 19), name, msg, ...details].join(' ')}\n`;
}
