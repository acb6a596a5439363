import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, type } from '../../theme/tokens.ts';
import { StateShape } from '../../ui/StateMark.tsx';

const List = styled('ul')({ display: 'grid', gap: 4, listStyle: 'none', marginTop: 6 });
const Item = styled('li')({
  ...type.small,
  display: 'flex',
  alignItems: 'baseline',
  gap: 7,
  color: color.warning,
});

/** A field, and what is accepted in it but deserves a word. */
export const WithWarnings = ({
  warnings,
  children,
}: {
  warnings: readonly string[];
  children: ReactNode;
}) => (
  <div>
    {children}
    <div role="status">
      {warnings.length > 0 && (
        <List>
          {warnings.map((warning) => (
            <Item key={warning}>
              <StateShape state="warning" size={8} />
              {warning}
            </Item>
          ))}
        </List>
      )}
    </div>
  </div>
);
