import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import { useId, type KeyboardEvent } from 'react';
import { describeProposal, parseProposal, weaknesses } from '../../../../contract/proposals.ts';
import type { SuiteContext } from '../../../../contract/suiteParts.ts';
import { color, media, type, visuallyHidden } from '../../../theme/tokens.ts';
import { ArrowDownIcon, ArrowUpIcon, CloseIcon, EditIcon } from '../../../ui/icons.tsx';
import { Mono, Small } from '../../../ui/text.tsx';
import type { EntryProblem } from '../problems.ts';
import { SuiteProblem } from './SuiteProblem.tsx';
import { WeakBadge } from './WeakBadge.tsx';

const Line = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-start',
  gap: '2px 10px',
  padding: '7px 8px 7px 12px',
});
const Place = styled('span')({
  ...type.small,
  flex: 'none',
  minWidth: 12,
  paddingTop: 2,
  color: color.textTertiary,
});
const Words = styled('div')({
  flex: '1 1 0',
  minWidth: 190,
  [media.phone]: { minWidth: 220 },
  display: 'grid',
  rowGap: 1,
  '[data-refused] > & code': { color: color.failed },
});
const Suite = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 9,
  '& > code': { overflowWrap: 'anywhere' },
});
const Acts = styled('div')({
  flex: 'none',
  display: 'flex',
  gap: 2,
  marginLeft: 'auto',
  '& [aria-disabled=true]': { opacity: 0.38, cursor: 'default' },
  [media.coarse]: { gap: 0 },
});
const Reason = styled('div')({ ...type.small, color: color.warning });
const Hidden = styled('span')(visuallyHidden);

export type RowAct = 'up' | 'down' | 'edit' | 'remove';

type SuiteRowProps = {
  text: string;
  index: number;
  count: number;
  context: SuiteContext;
  problem: EntryProblem | undefined;
  onAct: (act: RowAct) => void;
};

const byArrow = (event: KeyboardEvent): RowAct | undefined => {
  if (!event.altKey) return undefined;
  if (event.key === 'ArrowUp') return 'up';
  return event.key === 'ArrowDown' ? 'down' : undefined;
};

/** A suite to be read: its keywords, the same in words, what is weak about it, why it is refused, and what can be done. */
export function SuiteRow({ text, index, count, context, problem, onAct }: SuiteRowProps) {
  const id = useId();
  const parsed = parseProposal(text, context.phase, context.ikeVersion);
  const weak = parsed.ok ? weaknesses(parsed.value) : [];
  const button = (act: RowAct, label: string, icon: React.ReactNode, impossible = false) => (
    <IconButton
      data-act={act}
      aria-label={label}
      aria-disabled={impossible || undefined}
      aria-keyshortcuts={act === 'up' ? 'Alt+ArrowUp' : act === 'down' ? 'Alt+ArrowDown' : undefined}
      aria-describedby={act === 'edit' ? id : undefined}
      title={act === 'up' ? 'Alt+↑' : act === 'down' ? 'Alt+↓' : undefined}
      onClick={() => onAct(act)}
      onKeyDown={(event) => {
        const moved = byArrow(event);
        if (moved === undefined) return;
        event.preventDefault();
        onAct(moved);
      }}
    >
      {icon}
    </IconButton>
  );
  return (
    <Line data-refused={problem === undefined ? undefined : ''}>
      {count > 1 && <Place aria-hidden="true">{index + 1}</Place>}
      <Words>
        <Suite>
          <Mono as="code">{text}</Mono>
          {problem && <Hidden>, not accepted</Hidden>}
          {weak.length > 0 && <WeakBadge />}
        </Suite>
        <div id={id}>
          {parsed.ok && <Small as="div">{describeProposal(parsed.value)}</Small>}
          {weak.map((reason) => (
            <Reason key={reason}>{reason}</Reason>
          ))}
          {problem && <SuiteProblem problem={problem} />}
        </div>
      </Words>
      <Acts>
        {count > 1 && button('up', `Move ${text} up`, <ArrowUpIcon />, index === 0)}
        {count > 1 && button('down', `Move ${text} down`, <ArrowDownIcon />, index === count - 1)}
        {button('edit', `Edit ${text}`, <EditIcon />)}
        {button('remove', `Remove ${text}`, <CloseIcon />)}
      </Acts>
    </Line>
  );
}
