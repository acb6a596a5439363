import MuiDialog from '@mui/material/Dialog';
import { styled } from '@mui/material/styles';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent } from 'react';
import type { ViewerTeam } from '../session/viewer.ts';
import { color, media, size, type, visuallyHidden } from '../theme/tokens.ts';
import { bareStyle } from '../ui/form/control.ts';
import { focusFirstField } from '../ui/focusFirstField.ts';
import { SearchIcon } from '../ui/icons.tsx';
import { vpnsQuery } from '../api/vpns.ts';
import { workspacesQuery } from '../api/workspaces.ts';
import {
  accountCommand,
  namedCommands,
  pageCommands,
  portCommands,
  portsOfWhat,
  type Command,
} from './commands.ts';

const Top = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  padding: '0 14px',
  borderBottom: `1px solid ${color.line}`,
});
const Title = styled('h2')(visuallyHidden);
const Entry = styled('input')({ ...bareStyle, minHeight: 48, fontSize: '1rem' });
const List = styled('ul')({
  listStyle: 'none',
  padding: 6,
  maxHeight: 'min(420px, 60dvh)',
  overflowY: 'auto',
});
const Item = styled('li')({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  minHeight: size.control,
  padding: '6px 10px',
  borderRadius: 4,
  cursor: 'pointer',
  '&[aria-selected=true]': { backgroundColor: color.sunken },
  '& > small': { ...type.small, marginLeft: 'auto', color: color.textSecondary },
  [media.coarse]: { minHeight: size.touch },
});
const Silence = styled('p')({ padding: '14px 16px', color: color.textSecondary });

/** How many VPNs and workspaces are offered at most, and of how many workspaces the ports beside them. */
const shown = 6;
const portsShown = 3;

type CommandPaletteProps = { team: ViewerTeam | undefined; onClose: () => void };

/** Jumps to a page, a VPN, a workspace or its ports by a part of its name. */
export default function CommandPalette({ team, onClose }: CommandPaletteProps) {
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const portsOf = portsOfWhat(text);
  const asked = { enabled: team !== undefined && text.trim() !== '', placeholderData: keepPreviousData };
  const vpns = useInfiniteQuery({ ...vpnsQuery(team?.id ?? '', { search: text.trim() }), ...asked });
  const workspaces = useInfiniteQuery({
    ...workspacesQuery(team?.id ?? '', { search: portsOf ?? text.trim() }),
    ...asked,
  });
  const found = (team && asked.enabled && workspaces.data?.items) || [];

  const commands: Command[] = [
    ...(team ? pageCommands(team.id, text) : []),
    ...(team && asked.enabled ? namedCommands(team.id, 'vpn', vpns.data?.items.slice(0, shown) ?? []) : []),
    ...(team && portsOf === null ? namedCommands(team.id, 'workspace', found.slice(0, shown)) : []),
    ...(team ? portCommands(team.id, found.slice(0, portsOf === null ? portsShown : shown)) : []),
    ...accountCommand(text),
  ];
  const current = Math.min(active, commands.length - 1);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    void navigate(command.to);
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && commands.length > 0) {
      event.preventDefault();
      setActive((current + step + commands.length) % commands.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(commands[current]);
    }
  };

  return (
    <MuiDialog
      open
      onClose={onClose}
      aria-labelledby={`${id}-title`}
      slotProps={{
        container: { sx: { alignItems: 'flex-start', paddingTop: '12vh' } },
        paper: { sx: { width: 560, maxWidth: 'calc(100vw - 32px)', margin: 0 } },
      }}
    >
      <Top ref={focusFirstField}>
        <Title id={`${id}-title`}>Search and jump</Title>
        <SearchIcon />
        <Entry
          role="combobox"
          aria-label="Page, VPN or workspace"
          aria-expanded={commands.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={commands[current] ? `${id}-${current}` : undefined}
          placeholder="Page, VPN or workspace"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKey}
          autoComplete="off"
          spellCheck={false}
        />
      </Top>
      {commands.length === 0 && <Silence role="status">Nothing matches “{text}”.</Silence>}
      <List id={`${id}-list`} role="listbox" aria-label="Where to go">
        {commands.map((command, index) => (
          <Item
            key={command.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            ref={index === current ? (item) => item?.scrollIntoView({ block: 'nearest' }) : undefined}
            onPointerMove={() => setActive(index)}
            onClick={() => run(command)}
          >
            {command.label}
            <small>{command.kind}</small>
          </Item>
        ))}
      </List>
    </MuiDialog>
  );
}
