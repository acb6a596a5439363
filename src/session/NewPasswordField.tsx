import type { ComponentProps } from 'react';
import { SecretField } from '../ui/form/SecretField.tsx';

type NewPasswordFieldProps = Omit<
  ComponentProps<typeof SecretField>,
  'label' | 'help' | 'autoComplete' | 'onGenerate'
> & {
  label?: string;
};

/** A password that is being chosen. Length counts, composition doesn't (NIST SP 800-63B). */
export const NewPasswordField = ({ label = 'Password', ...field }: NewPasswordFieldProps) => (
  <SecretField
    label={label}
    help="At least 12 characters. A few words in a row are easy to remember."
    autoComplete="new-password"
    {...field}
  />
);
