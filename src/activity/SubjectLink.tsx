import { useParams } from '@tanstack/react-router';
import type { Activity } from '../../contract/team.ts';
import { QuietLink } from '../ui/links.tsx';
import { Secondary } from '../ui/text.tsx';

/** What an entry is about, as a link where it has a page. One that is gone since leads to “not found”. */
export function SubjectLink({ subject: { kind, id, name } }: { subject: Activity['subject'] }) {
  const { team = '' } = useParams({ strict: false });
  if (kind === 'vpn') {
    return (
      <QuietLink to="/teams/$team/vpns/$vpn/overview" params={{ team, vpn: id }}>
        {name}
      </QuietLink>
    );
  }
  if (kind === 'workspace') {
    return (
      <QuietLink to="/teams/$team/workspaces/$workspace" params={{ team, workspace: id }}>
        {name}
      </QuietLink>
    );
  }
  return <Secondary>{name}</Secondary>;
}
