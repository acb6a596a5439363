import { styled } from '@mui/material/styles';
import { Fragment, useRef, type ReactNode } from 'react';
import { color, media, type } from '../theme/tokens.ts';
import { usePageTitle } from './pageTitle.ts';

const Header = styled('header')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto',
  alignItems: 'center',
  columnGap: 12,
  minHeight: 34,
  marginBottom: 16,
});

const Crumbs = styled('nav')({
  ...type.small,
  gridColumn: '1 / -1',
  color: color.textSecondary,
  marginBottom: 6,
  '& ol': { display: 'flex', flexWrap: 'wrap', gap: 4, listStyle: 'none' },
});

const Heading = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 12,
  rowGap: 2,
  minWidth: 0,
});

const Title = styled('h1')({ ...type.title, overflowWrap: 'anywhere', outline: 'none' });

const Actions = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'flex-end',
  gap: 12,
  [media.phone]: { gap: 8 },
});

type PageProps = {
  title: string;
  /** The pages above this one, as links; the page itself is added at the end. */
  breadcrumbs?: ReactNode[];
  /** What the last breadcrumb says, where it isn't the title. */
  crumb?: string;
  /** The state of what the page is about, beside its title. */
  state?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** The frame of every page: where it is, what it is about and how that is, what can be done, then the content. */
export function Page({ title, breadcrumbs = [], crumb, state, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title, heading);
  return (
    <>
      <Header>
        {breadcrumbs.length > 0 && (
          <Crumbs aria-label="Breadcrumbs">
            <ol>
              {breadcrumbs.map((link, index) => (
                <Fragment key={index}>
                  <li>{link}</li>
                  <li aria-hidden="true">/</li>
                </Fragment>
              ))}
              <li aria-current="page">{crumb ?? title}</li>
            </ol>
          </Crumbs>
        )}
        <Heading>
          <Title ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {state}
        </Heading>
        {actions !== undefined && <Actions>{actions}</Actions>}
      </Header>
      {children}
    </>
  );
}
