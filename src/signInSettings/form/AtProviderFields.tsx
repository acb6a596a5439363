import { useFormContext } from 'react-hook-form';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { FieldPair } from '../../ui/form/FormSection.tsx';
import { SecretField } from '../../ui/form/SecretField.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import type { ProviderValues } from './values.ts';

type AtProviderFieldsProps = {
  redirectUri: string;
  /** The issuer whose client secret is stored; null: none is. */
  secretOf: string | null;
};

/** Where the provider is, and who Culvert is there. */
export function AtProviderFields({ redirectUri, secretOf }: AtProviderFieldsProps) {
  const { register, watch, formState } = useFormContext<ProviderValues>();
  const { errors } = formState;
  const stored = secretOf !== null && secretOf === watch('issuer').trim();
  return (
    <>
      <TextField
        label="Name"
        placeholder="Acme login"
        help={`As the button says it: “Sign in with ${watch('name').trim() || '…'}”.`}
        error={errors.name?.message}
        {...register('name')}
      />
      <TextField
        label="Issuer"
        mono
        placeholder="https://login.example.com"
        help="Letter for letter as the provider names it, such as https://login.microsoftonline.com/<tenant>/v2.0"
        error={errors.issuer?.message}
        {...register('issuer')}
      />
      <Field label="Redirect address" help="Register it at the provider, as that of a web application." group>
        {() => <CodeBlock text={redirectUri} what="the redirect address" />}
      </Field>
      <FieldPair>
        <TextField label="Client id" mono error={errors.clientId?.message} {...register('clientId')} />
        <SecretField
          label="Client secret"
          help={stored ? 'One is stored. Leave this empty to keep it.' : 'Of the client at the provider.'}
          error={errors.clientSecret?.message}
          {...register('clientSecret')}
        />
      </FieldPair>
      <TextField
        label="Scopes"
        mono
        help="With openid and email. Some providers tell groups only with a scope of their own."
        error={errors.scopes?.message}
        {...register('scopes')}
      />
    </>
  );
}
