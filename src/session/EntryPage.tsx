import { styled } from '@mui/material/styles';
import { useEffect, type ReactNode } from 'react';
import { color, media, type } from '../theme/tokens.ts';
import { Mark } from '../ui/Mark.tsx';
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
const Title = styled('h1')(type.title);
const Intro = styled('p')({ color: color.textSecondary, marginTop: 6 });
const Foot = styled('p')({ ...type.small, color: color.textSecondary, paddingLeft: 4 });

type EntryPageProps = { title: string; intro?: ReactNode; footnote?: ReactNode; children?: ReactNode };

/** The frame of the pages in front of the dashboard: signing in, setting up, links. */
export function EntryPage({ title, intro, footnote, children }: EntryPageProps) {
  useEffect(() => {
    document.title = `${title} · Culvert`;
  }, [title]);
  return (
    <Center>
      <Brand>
        <Mark size={28} />
        Culvert
      </Brand>
      <Body>
        <div>
          <Title>{title}</Title>
          {intro !== undefined && <Intro>{intro}</Intro>}
        </div>
        {children}
      </Body>
      {footnote !== undefined && <Foot>{footnote}</Foot>}
    </Center>
  );
}
