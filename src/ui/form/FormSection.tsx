import { styled } from '@mui/material/styles';
import { useId, type ReactNode } from 'react';
import { color, media, type } from '../../theme/tokens.ts';

const Section = styled('div')({
  display: 'grid',
  gridTemplateColumns: '172px minmax(0, 1fr)',
  columnGap: 28,
  rowGap: 14,
  padding: '22px 0',
  borderTop: `1px solid ${color.line}`,
  '&:first-of-type': { borderTop: 0, paddingTop: 0 },
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)' },
});

const Heading = styled('h2')(type.heading);
const Purpose = styled('p')({ ...type.small, color: color.textSecondary, marginTop: 4 });

/** Fields under each other. */
export const Fields = styled('div')({ display: 'grid', gap: 18, minWidth: 0, alignContent: 'start' });

/** Two fields beside each other where there is room. */
export const FieldPair = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  gap: 14,
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: 18 },
});

/** A part of a form: what it is for in a column of 172 px, its fields beside it. */
export function FormSection({
  title,
  purpose,
  children,
}: {
  title: string;
  purpose?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Section role="group" aria-labelledby={id}>
      <div>
        <Heading id={id}>{title}</Heading>
        {purpose !== undefined && <Purpose>{purpose}</Purpose>}
      </div>
      <Fields>{children}</Fields>
    </Section>
  );
}
