import { html } from '../../http/html.ts';
import type { ForwardedPort } from '../lookup.ts';
import type { PortFailure } from '../portGateway.ts';
import type { Explanation } from './explanation.ts';
import { signInLink } from './signInLink.ts';

/** What the pages of a visit may say, to somebody who was let in. */
export type FailureContext = {
  port: ForwardedPort;
  publicUrl: string;
  /** The workspace’s owner is shown what mends it. */
  owner: boolean;
  /** The path to come back to for somebody who has shown nothing, and may be the owner; null: they are known. */
  signIn: string | null;
};

const retry = html`<div class="actions"><a class="button filled" href="">Try again</a></div>`;
const triesAgain = html`<p>This page tries again by itself.</p>
  ${retry}`;

/** The page of a port that can’t be served, by what went wrong. */
export function failureExplanation(reason: PortFailure, context: FailureContext): Explanation {
  const { number } = context.port;
  switch (reason) {
    case 'not-listening':
      return {
        status: 502,
        code: 'not_listening',
        title: `Nothing is listening on port ${number}`,
        detail: 'The workspace is connected, but no program in it accepts connections on this port.',
        more: html`<p>
            Start your app, and bind it to <code>127.0.0.1:${number}</code> or <code>0.0.0.0:${number}</code>.
          </p>
          ${triesAgain}`,
        retries: true,
      };
    case 'replica-offline':
      return {
        status: 502,
        code: 'replica_offline',
        title: 'The workspace is not connected',
        detail: `Port ${number} is served by a replica of the workspace, and none can be reached right now.`,
        more: triesAgain,
        retries: true,
      };
    case 'wrong-protocol':
      return wrongProtocol(context);
    case 'bad-answer':
      return {
        status: 502,
        code: 'bad_answer',
        title: `Port ${number} gave no answer that can be passed on`,
        detail:
          'The program that listens there closed the connection, or answered with something other than HTTP.',
        more: retry,
      };
    case 'timeout':
      return {
        status: 504,
        code: 'timeout',
        title: `Port ${number} took too long to answer`,
        detail: 'The program that listens there took the request, and sent nothing in time.',
        more: retry,
      };
    case 'too-many':
      return {
        status: 503,
        code: 'too_many',
        title: `Too many connections to port ${number}`,
        detail: 'As many as are allowed are open at the moment. Close some, or wait until others have.',
        more: retry,
      };
  }
}

/** A workspace that nothing has ever joined, or that lost its last replica. */
export function noReplicaExplanation({ port, publicUrl, owner, signIn }: FailureContext): Explanation {
  const detail = 'Ports are served by the replicas of a workspace, and no replica has joined this one.';
  const href = `${workspaceUrl(port, publicUrl)}/replicas`;
  return {
    status: 503,
    code: 'no_replica',
    title: 'The workspace has no replica',
    detail,
    more: owner
      ? html`<p>Join one, and port ${port.number} is served as soon as something listens on it.</p>
          <div class="actions"><a class="button filled" href="${href}">Join a replica</a></div>`
      : html`<p>Ask the owner of the workspace to join one.</p>
          ${signIn === null ? null : signInLink(signIn)} ${retry}`,
  };
}

function wrongProtocol({ port, publicUrl, owner, signIn }: FailureContext): Explanation {
  const { number, protocol } = port;
  const [is, should] = protocol === 'http' ? (['HTTP', 'HTTPS'] as const) : (['HTTPS', 'HTTP'] as const);
  const title = `Port ${number} doesn’t speak ${is}`;
  const detail = `It is set to ${is}, and what listens there seems to speak ${should}.`;
  const query = new URLSearchParams({ port: String(number), protocol: should.toLowerCase() });
  const href = `${workspaceUrl(port, publicUrl)}/ports?${query}`;
  return {
    status: 502,
    code: 'wrong_protocol',
    title,
    detail,
    more: owner
      ? html`<div class="actions"><a class="button filled" href="${href}">Switch to ${should}</a></div>`
      : html`<p>Ask the owner of the workspace to switch the port to ${should}.</p>
          ${signIn === null ? null : signInLink(signIn)} ${retry}`,
  };
}

const workspaceUrl = ({ teamId, workspaceId }: ForwardedPort, publicUrl: string): string =>
  `${publicUrl}/teams/${encodeURIComponent(teamId)}/workspaces/${encodeURIComponent(workspaceId)}`;
