import type { PortNotice } from '../../contract/ports.ts';
import type { Ref } from '../../contract/lists.ts';
import type { Activity } from '../../contract/team.ts';
import type { Visibility } from '../../contract/visibility.ts';
import type { ActivityEntry } from '../activity/record.ts';

type Deed = Pick<ActivityEntry, 'action' | 'summary'>;

const audience: Readonly<Record<Visibility, string>> = {
  private: 'private',
  organization: 'visible to the organization',
  public: 'public',
};

const because: Readonly<Record<PortNotice['reason'], string>> = {
  restarted: 'the workspace restarted',
  'added-again': 'it was forwarded again',
  https: 'its protocol became https',
  policy: 'the team no longer allows that',
};

/** What happened to a port, as the team’s activity tells it. Labels stay out: they may be their owner’s own business. */
export function deedsOf(port: number, workspace: string) {
  const name = `port ${port} of the workspace ${workspace}`;
  return {
    forwarded: (was: Visibility | null): Deed => ({
      action: 'port.forwarded',
      summary:
        was === null || was === 'private'
          ? `Forwarded ${name}, privately.`
          : `Forwarded ${name} again, privately. It was ${audience[was]} before.`,
    }),
    stopped: (): Deed => ({ action: 'port.stopped', summary: `Stopped forwarding ${name}.` }),
    labelled: (): Deed => ({ action: 'port.labelled', summary: `Named ${name}.` }),
    unlabelled: (): Deed => ({ action: 'port.labelled', summary: `Removed the name of ${name}.` }),
    protocolChanged: (protocol: string): Deed => ({
      action: 'port.protocol-changed',
      summary: `Changed the protocol of ${name} to ${protocol}.`,
    }),
    visibilityChanged: (from: Visibility, to: Visibility): Deed => ({
      action: 'port.visibility-changed',
      summary: `Made ${name} ${audience[to]}. It was ${audience[from]}.`,
    }),
    madePrivate: (from: Visibility, reason: PortNotice['reason']): Deed => ({
      action: 'port.made-private',
      summary: `Made ${name} private because ${because[reason]}. It was ${audience[from]}.`,
    }),
  };
}

/** When, by whom and in which workspace something happened to a port. */
export type DeedContext = { teamId: string; workspace: Ref; now: number; actor: Activity['actor'] };

/** The entry of a deed. Its subject is the workspace, whose activity holds that of its ports. */
export const entryOf = (deed: Deed, { teamId, workspace, now, actor }: DeedContext): ActivityEntry => ({
  ...deed,
  teamId,
  now,
  actor,
  subject: { kind: 'workspace', id: workspace.id, name: workspace.name },
});
