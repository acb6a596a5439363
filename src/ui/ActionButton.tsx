import Button, { type ButtonProps } from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useId, type MouseEvent } from 'react';
import { color, motion, radius, type } from '../theme/tokens.ts';

const Anchor = styled('span')({
  position: 'relative',
  display: 'inline-flex',
  '&:not(:hover, :focus-within) > [role=tooltip]': { opacity: 0, visibility: 'hidden' },
});

const Bubble = styled('span')({
  ...type.small,
  ...motion('opacity'),
  position: 'absolute',
  zIndex: 10,
  top: 'calc(100% + 6px)',
  right: 0,
  width: 'max-content',
  maxWidth: 280,
  padding: '7px 10px',
  color: color.text,
  backgroundColor: color.surface,
  border: `1px solid ${color.lineStrong}`,
  borderRadius: radius.control,
  boxShadow: color.shadow,
  textAlign: 'left',
});

type ActionButtonProps = Omit<ButtonProps, 'disabled'> & {
  /** Why it can't be pressed now: it stays reachable, and says so on hover and focus. */
  disabledReason?: string | undefined;
};

/** A button that is never disabled without a reason. */
export function ActionButton({ disabledReason, onClick, ...button }: ActionButtonProps) {
  const id = useId();
  if (disabledReason === undefined) return <Button {...button} {...(onClick ? { onClick } : {})} />;
  const refuse = (event: MouseEvent) => event.preventDefault();
  return (
    <Anchor>
      <Button
        {...button}
        onClick={refuse}
        aria-disabled="true"
        aria-describedby={id}
        sx={{ opacity: 0.55, cursor: 'not-allowed' }}
      />
      <Bubble role="tooltip" id={id}>
        {disabledReason}
      </Bubble>
    </Anchor>
  );
}
