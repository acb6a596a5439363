import { styled } from '@mui/material/styles';
import { useRef, type ReactNode } from 'react';
import { color, media, type } from '../theme/tokens.ts';
import { Mark } from '../ui/Mark.tsx';
import { usePageTitle } from '../ui/pageTitle.ts';
import { Stack } from '../ui/Panel.tsx';

const Main = styled('main')({
  maxWidth: 860,
  margin: '0 auto',
  padding: '26px 24px 64px',
  [media.phone]: { padding: '18px 14px 40px' },
});
const Brand = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 9,
  marginBottom: 26,
  fontSize: '0.9375rem',
  fontWeight: 600,
});
const Title = styled('h1')({ ...type.title, outline: 'none', overflowWrap: 'anywhere' });
const Intro = styled('div')({ color: color.textSecondary, maxWidth: '72ch', marginTop: 6 });

/** The frame of what somebody without an account sees: no navigation, because nothing else is theirs. */
export function SharedFrame({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: ReactNode;
  children?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title, heading);
  return (
    <Main>
      <Brand>
        <Mark size={24} />
        Culvert
      </Brand>
      <Stack>
        <header>
          <Title ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {intro !== undefined && <Intro>{intro}</Intro>}
        </header>
        {children}
      </Stack>
    </Main>
  );
}
