import { styled } from '@mui/material/styles';
import { color, size } from '../../theme/tokens.ts';
import { Fields, FormSection } from '../../ui/form/FormSection.tsx';

const Blank = styled('div')({
  height: size.control + 23,
  borderRadius: 6,
  backgroundColor: color.sunken,
  maxWidth: 756,
});

const sections = [
  { title: 'Identity', fields: 2 },
  { title: 'IKE settings', fields: 2 },
  { title: 'ESP settings', fields: 2 },
  { title: 'Network Settings', fields: 2 },
];

/** The form’s layout while the VPN it starts from loads. */
export const FormSkeleton = () => (
  <div aria-busy="true">
    {sections.map(({ title, fields }) => (
      <FormSection key={title} title={title}>
        <Fields aria-hidden="true">
          {Array.from({ length: fields }, (_, index) => (
            <Blank key={index} />
          ))}
        </Fields>
      </FormSection>
    ))}
  </div>
);
