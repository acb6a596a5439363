import { execFile } from 'node:child_process';
import { connect, isIP } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { FromAgent, ToAgent } from '../contract/agentProtocol.ts';
import { parsePing, pingArguments } from './ping.ts';

export type Check = Extract<ToAgent, { type: 'verify' }>;
export type CheckResult = Extract<FromAgent, { type: 'verified' }>;

type Outcome = Pick<CheckResult, 'state' | 'code' | 'message' | 'roundTripMs'>;

/**
 * Checks whether an address answers through a tunnel: by ping, or by opening a TCP connection when there is a port.
 * Both start at the tunnel's virtual IP, so that an answer on another path doesn't count.
 *
 * Codes of failures: `no_tunnel`, `timeout`, `refused`, `unreachable`, `no_ping` (ping isn't installed), `bad_address`.
 *
 * @param virtualIp of the tunnel; null when it isn't up
 */
export async function verify(check: Check, virtualIp: string | null): Promise<CheckResult> {
  const outcome = await outcomeOf(check, virtualIp);
  return { type: 'verified', id: check.id, ...outcome };
}

async function outcomeOf(check: Check, virtualIp: string | null): Promise<Outcome> {
  if (isIP(check.address) === 0) return failed('bad_address', `“${check.address}” is not an IP address.`);
  if (virtualIp === null) return failed('no_tunnel', 'The tunnel is not up on this replica.');
  if (isIP(check.address) !== isIP(virtualIp)) {
    return failed('no_tunnel', `The gateway gave this replica no address that reaches ${check.address}.`);
  }
  const timeoutMs = Math.min(Math.max(check.timeoutMs, 100), 60_000);
  return check.port === null
    ? ping(check.address, virtualIp, timeoutMs)
    : openTcp(check.address, check.port, virtualIp, timeoutMs);
}

function ping(address: string, source: string, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs + 1_500, env: { PATH: process.env['PATH'], LC_ALL: 'C' } };
    execFile('ping', pingArguments(address, source, timeoutMs), options, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') {
        resolve(
          failed('no_ping', 'This replica has no ping command: install iputils-ping, or verify a TCP port.'),
        );
        return;
      }
      resolve(pingResult(address, timeoutMs, stdout, stderr));
    });
  });
}

function pingResult(address: string, timeoutMs: number, stdout: string, stderr: string): Outcome {
  const outcome = parsePing(address, stdout, stderr);
  switch (outcome.kind) {
    case 'answered':
      return succeeded(outcome.roundTripMs, 'Answered');
    case 'unreachable':
      return failed('unreachable', `${outcome.from} says about ${address}: ${outcome.why}.`);
    case 'unusable':
      return failed('unreachable', `${address} can’t be pinged: ${outcome.why}.`);
    case 'no_answer':
      return failed('timeout', `No answer from ${address} within ${inSeconds(timeoutMs)}.`);
  }
}

function openTcp(address: string, port: number, localAddress: string, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const socket = connect({ host: address, port, localAddress });
    const deadline = setTimeout(() => {
      end(failed('timeout', `${address} did not answer on port ${port} within ${inSeconds(timeoutMs)}.`));
    }, timeoutMs);
    const end = (outcome: Outcome): void => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(outcome);
    };
    socket.once('connect', () => end(succeeded(performance.now() - startedAt, 'Connected')));
    socket.once('error', (error: NodeJS.ErrnoException) => end(tcpFailure(address, port, error.code ?? '')));
  });
}

/** A failed connect(2) by its error code. */
export function tcpFailure(address: string, port: number, code: string): Outcome {
  switch (code) {
    case 'ECONNREFUSED':
      return failed(
        'refused',
        `${address} refuses connections on port ${port}: nothing listens there, or a firewall refuses it.`,
      );
    case 'ECONNRESET':
      return failed('refused', `${address} broke off the connection on port ${port}.`);
    case 'ETIMEDOUT':
      return failed('timeout', `${address} did not answer on port ${port}.`);
    case 'EHOSTUNREACH':
      return failed('unreachable', `${address} can’t be reached: the private network has no such host.`);
    case 'ENETUNREACH':
      return failed('unreachable', `${address} can’t be reached: there is no route to its network.`);
    case 'EACCES':
    case 'EPERM':
      return failed('unreachable', `${address} can’t be reached: a firewall refuses the connection.`);
    case 'EADDRNOTAVAIL':
      return failed('no_tunnel', 'The tunnel went down on this replica while verifying.');
    default:
      return failed(
        'unreachable',
        `${address} can’t be reached on port ${port} (${code || 'unknown error'}).`,
      );
  }
}

function succeeded(roundTripMs: number, word: string): Outcome {
  const rounded = Math.round(roundTripMs * 1000) / 1000;
  return {
    state: 'succeeded',
    code: null,
    message: `${word} in ${inMilliseconds(rounded)}`,
    roundTripMs: rounded,
  };
}

const failed = (code: string, message: string): Outcome => ({
  state: 'failed',
  code,
  message: message.slice(0, 500),
  roundTripMs: null,
});

/** One decimal below 10 ms, none above: `0.6 ms`, `38 ms`. */
export const inMilliseconds = (value: number): string =>
  `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

const inSeconds = (milliseconds: number): string =>
  milliseconds === 1_000 ? '1 second' : `${Number((milliseconds / 1000).toFixed(1))} seconds`;
