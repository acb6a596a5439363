import type { ReactNode } from 'react';
import type { Permission } from '../../contract/permissions.ts';
import { useTeam } from '../session/viewer.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { QuietLink } from '../ui/links.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';

type RuleFrameProps = { title: string; crumb: string; denied: Permission; children: ReactNode };

/** The frame of a page about one rule: where it is, and that it is for admins. */
export function RuleFrame({ title, crumb, denied, children }: RuleFrameProps) {
  const { id: team } = useTeam();
  return (
    <Page
      title={title}
      crumb={crumb}
      breadcrumbs={[
        <QuietLink key="settings" to="/teams/$team/settings" params={{ team }}>
          Settings
        </QuietLink>,
        <QuietLink key="trusted" to="/teams/$team/settings/trusted-repositories" params={{ team }}>
          Trusted repositories
        </QuietLink>,
      ]}
    >
      {denied.allowed ? (
        children
      ) : (
        <Panel>
          <EmptyState small title="Admins decide which repositories are trusted">
            {denied.reason}
          </EmptyState>
        </Panel>
      )}
    </Page>
  );
}
