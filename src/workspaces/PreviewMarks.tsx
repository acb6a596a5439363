import type { Workspace } from '../../contract/workspaces.ts';
import { Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';

type Preview = NonNullable<Workspace['preview']>;

/** Marks a workspace in a list that a pipeline made. */
export const PreviewTag = ({ preview: { repository, change } }: { preview: Preview }) => (
  <Tag title={`Of ${repository}, change ${change}`}>preview</Tag>
);

/** What a preview is of, and when it goes by itself. */
export const PreviewLine = ({ preview: { repository, change, expiresAt } }: { preview: Preview }) => (
  <Small>
    Preview of {repository}, change {change}; ends <RelativeTime at={expiresAt} /> unless a pipeline comes
    again
  </Small>
);
