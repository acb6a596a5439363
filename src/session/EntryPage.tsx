import { styled } from '@mui/material/styles';
import { useRef, type ReactNode } from 'react';
import { color, media, type } from '../theme/tokens.ts';
import { Mark } from '../ui/Mark.tsx';
import { usePageTitle } from '../ui/pageTitle.ts';
import { Panel } from '../ui/Panel.tsx';

const Center = styled('main')({
  minHeight: '100dvh',
  display: 'grid',
  alignContent: 'center',
  justifyContent: 'center',
  gridTemplateColumns: 'minmax(0, 400px)',
  gap: 20,
  padding: '32px 16px 12vh',
  [media.phone]: { alignContent: 'start' },
});
const Brand = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  fontSize: '1.0625rem',
  fontWeight: 600,
  paddingLeft: 4,
});
const Body = styled(Panel)({ padding: 26, display: 'grid', gap: 18, [media.phone]: { padding: 18 } });
const Title = styled('h1')({ ...type.title, outline: 'none' });
const Intro = styled('p')({ color: color.textSecondary, marginTop: 6 });
const Foot = styled('p')({ ...type.small, color: color.textSecondary, paddingLeft: 4 });

type EntryPageProps = { title: string; intro?: ReactNode; footnote?: ReactNode; children?: ReactNode };

/** The frame of the pages in front of the dashboard: signing in, setting up, links. */
export function EntryPage({ title, intro, footnote, children }: EntryPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title, heading);
  return (
    <Center>
      <Brand>
        <Mark size={28} />
        Culvert
      </Brand>
      <Body>
        <div>
          <Title ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {intro !== undefined && <Intro>{intro}</Intro>}
        </div>
        {children}
      </Body>
      {footnote !== undefined && <Foot>{footnote}</Foot>}
    </Center>
  );
}
