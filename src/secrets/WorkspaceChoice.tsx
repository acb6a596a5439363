import { styled } from '@mui/material/styles';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Secret } from '../../contract/secretsApi.ts';
import { color, media, radius, size, type } from '../theme/tokens.ts';
import { Field, labelId } from '../ui/form/Field.tsx';
import { RadioList } from '../ui/form/RadioList.tsx';
import { Notice } from '../ui/Notice.tsx';
import { workspacesQuery } from '../api/workspaces.ts';

const List = styled('ul')({
  listStyle: 'none',
  maxHeight: 190,
  overflowY: 'auto',
  border: `1px solid ${color.field}`,
  borderRadius: radius.control,
  backgroundColor: color.surface,
  padding: 5,
});
const Item = styled('label')({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  padding: '6px 9px',
  borderRadius: 4,
  cursor: 'pointer',
  overflowWrap: 'anywhere',
  '&:hover, &:focus-within': { backgroundColor: color.sunken },
  '& input': { accentColor: color.primary, margin: 0, flex: 'none' },
  [media.coarse]: { minHeight: size.touch },
});
const Silence = styled('p')({ ...type.small, color: color.textSecondary, padding: '8px 9px' });

const words = {
  team: {
    all: { label: 'All workspaces', detail: 'Of the team, also those that are created later.' },
    none: 'The team has no workspace yet.',
  },
  member: {
    all: { label: 'All my workspaces', detail: 'Also those that you create or are given later.' },
    none: 'You own no workspace of this team yet.',
  },
} as const;

type WorkspaceChoiceProps = {
  team: string;
  level: Secret['level'];
  viewerId: string;
  scope: 'all' | 'selected';
  onScope: (scope: 'all' | 'selected') => void;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error: string | undefined;
};

/** Which workspaces get a secret: a member’s own reach their own only. */
export function WorkspaceChoice(props: WorkspaceChoiceProps) {
  const { team, level, viewerId, scope, onScope, chosen, onChange, error } = props;
  const query = useInfiniteQuery(workspacesQuery(team));
  const items = query.data?.items.filter(
    ({ id, owner }) => level === 'team' || owner.id === viewerId || chosen.includes(id),
  );
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <>
      <RadioList
        label="Who gets it"
        name="scope"
        value={scope}
        onChange={onScope}
        options={[
          { value: 'all', ...words[level].all },
          { value: 'selected', label: 'Only these', detail: 'The ones chosen below.' },
        ]}
      />
      {scope === 'selected' && (
        <Field label="Chosen workspaces" group error={error}>
          {(described) => (
            <List aria-labelledby={labelId(described)} aria-describedby={described['aria-describedby']}>
              {items?.map(({ id, name }) => (
                <li key={id}>
                  <Item>
                    <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
                    {name}
                  </Item>
                </li>
              ))}
              {(query.isPending || items?.length === 0) && (
                <li>
                  <Silence>{query.isPending ? 'Loading…' : words[level].none}</Silence>
                </li>
              )}
            </List>
          )}
        </Field>
      )}
      {query.error !== null && <Notice state="failed">{query.error.message}</Notice>}
    </>
  );
}
