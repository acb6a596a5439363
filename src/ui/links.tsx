import Button, { type ButtonProps } from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { createLink } from '@tanstack/react-router';
import type { Ref } from 'react';
import { color, motion } from '../theme/tokens.ts';

const anchorColors = {
  color: color.primary,
  textDecoration: 'none',
  borderRadius: 3,
  ...motion('color'),
  '&:hover': { textDecoration: 'underline' },
};

/** A link to somewhere outside the dashboard. Underlined: inside a sentence, colour alone would not show it. */
export const Anchor = styled('a')({
  ...anchorColors,
  textDecoration: 'underline',
  textDecorationThickness: 1,
  textUnderlineOffset: 3,
});

/** A link inside a sentence or a table. */
export const TextLink = createLink(Anchor);

/** A link in the colour of the text around it: names in tables, breadcrumbs. */
export const QuietLink = createLink(styled('a')({ ...anchorColors, color: 'inherit' }));

type AnchorButtonProps = Omit<ButtonProps<'a'>, 'component'> & { ref?: Ref<HTMLAnchorElement> };

const AnchorButton = ({ ref, ...button }: AnchorButtonProps) => (
  <Button component="a" {...button} {...(ref ? { ref } : {})} />
);

/** A link that looks like a button, because it leads to where something is done. */
export const ButtonLink = createLink(AnchorButton);
