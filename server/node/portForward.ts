import type { PortFailure } from '../gateway/portGateway.ts';
import type { PortAgent, PortAgents } from './portAgents.ts';
import { sendOwnAnswer } from './portAnswer.ts';
import { attempt, TimeoutError, WrongProtocolError, type Attempt } from './portAttempt.ts';
import type { Passage } from './portPassage.ts';
import { hasBody } from './portRequest.ts';
import { failureOf, StreamError } from './streamError.ts';

/** `elsewhere`: nothing was sent, so that another replica may be asked. */
type Failure = { reason: PortFailure; elsewhere: boolean };

const offline: Failure = { reason: 'replica-offline', elsewhere: true };

/** Safe to ask again (RFC 9110, section 9.2.1). */
const repeatableMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Carries a request to the first replica that takes it, and its answer back. Resolves once the answer has begun, or can’t
 * come any more; the rest flows by itself.
 *
 * With node:http, not with a proxy library: httpxy 0.5.6 takes headers as Node has joined them (two of a kind become one),
 * passes on what `Connection` names, adds a `Connection` of its own, and loses trailers and informational answers.
 */
export async function forward(passage: Passage, agents: PortAgents): Promise<void> {
  const { visit, outgoing } = passage;
  let failure = offline;
  for (const replicaId of visit.replicas) {
    const agent = agents.of(replicaId, visit.port, visit.protocol);
    const next = agent ? await ask(passage, agent, replicaId) : offline;
    if (next === null) return;
    // What was refused says more than what is away.
    if (next.reason !== 'replica-offline') failure = next;
    if (!next.elsewhere) break;
  }
  if (!outgoing.destroyed) await sendOwnAnswer(passage, visit.failure(failure.reason));
}

/** Asks one replica. Null: it answers, or nobody waits for it any more. */
async function ask(passage: Passage, agent: PortAgent, replicaId: string): Promise<Failure | null> {
  const { incoming, outgoing, limits } = passage;
  const repeatable = repeatableMethods.has(incoming.method ?? '') && !hasBody(incoming);
  if (!repeatable) agent.dropUnused(limits.unusedBeforeWriteMs);
  let outcome = await attempt(passage, agent, replicaId);
  if (outcome?.stale && repeatable && !outgoing.destroyed) {
    // The app hung up on a connection that it had been done with, just as it was used again.
    agent.dropUnused(0);
    outcome = await attempt(passage, agent, replicaId);
  }
  if (outcome === null || outgoing.destroyed) return null;
  return {
    reason: await reasonOf(outcome, agent),
    elsewhere: !outcome.sent && outcome.error instanceof StreamError,
  };
}

async function reasonOf({ error }: NonNullable<Attempt>, agent: PortAgent): Promise<PortFailure> {
  if (error instanceof TimeoutError) return 'timeout';
  if (error instanceof WrongProtocolError) return 'wrong-protocol';
  const lost = error instanceof StreamError ? error : error.cause;
  if (lost instanceof StreamError) return failureOf[lost.reason];
  return (await agent.speaksOther()) ? 'wrong-protocol' : 'bad-answer';
}
