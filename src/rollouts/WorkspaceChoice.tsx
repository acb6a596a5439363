import { styled } from '@mui/material/styles';
import type { ConnectedWorkspace } from '../../contract/workspaces.ts';
import { color, media, radius, size } from '../theme/tokens.ts';
import { counted } from '../ui/counted.ts';
import { Field, labelId } from '../ui/form/Field.tsx';
import { Small } from '../ui/text.tsx';

const List = styled('ul')({
  listStyle: 'none',
  maxHeight: 220,
  overflowY: 'auto',
  border: `1px solid ${color.line}`,
  borderRadius: radius.control,
  '& > li + li': { borderTop: `1px solid ${color.line}` },
});

const Item = styled('label')({
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr) auto',
  alignItems: 'baseline',
  columnGap: 10,
  padding: '7px 12px',
  cursor: 'pointer',
  '& > input': { margin: 0, accentColor: color.primary, translate: '0 2px' },
  [media.coarse]: { minHeight: size.touch },
});

type WorkspaceChoiceProps = {
  workspaces: readonly ConnectedWorkspace[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  error: string | undefined;
};

/** Connected workspaces to choose from, each with the number of its replicas. */
export function WorkspaceChoice({ workspaces, chosen, onChoose, error }: WorkspaceChoiceProps) {
  const toggle = (id: string) => {
    const changed = new Set(chosen);
    if (!changed.delete(id)) changed.add(id);
    onChoose(changed);
  };
  return (
    <Field label="Workspaces" error={error} group>
      {(control) => (
        <List aria-labelledby={labelId(control)} aria-describedby={control['aria-describedby']}>
          {workspaces.map(({ workspace, replicas }) => (
            <li key={workspace.id}>
              <Item>
                <input
                  type="checkbox"
                  checked={chosen.has(workspace.id)}
                  onChange={() => toggle(workspace.id)}
                />
                <span>{workspace.name}</span>
                <Small>{replicas.total === 0 ? 'no replica yet' : counted(replicas.total, 'replica')}</Small>
              </Item>
            </li>
          ))}
        </List>
      )}
    </Field>
  );
}
