import Button, { type ButtonProps } from '@mui/material/Button';

/** An act inside a sentence: “Use 10.250.0.1”. */
export const LinkButton = (button: Omit<ButtonProps, 'variant' | 'size' | 'sx'>) => (
  <Button
    variant="text"
    size="small"
    sx={{
      minHeight: 0,
      padding: '0 2px',
      verticalAlign: 'baseline',
      fontSize: 'inherit',
      lineHeight: 'inherit',
    }}
    {...button}
  />
);
