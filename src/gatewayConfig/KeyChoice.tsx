import { checkPreSharedKey } from '../../contract/preSharedKey.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { Fields } from '../ui/form/FormSection.tsx';
import { SecretField } from '../ui/form/SecretField.tsx';
import { Switch } from '../ui/form/Switch.tsx';
import { useKeptKey } from './keptKey.ts';

/** What an admin chose about the key. It lives in the state of the page, and nowhere else. */
export type KeyChosen = { include: boolean; pasted: string; show: boolean };
export const noKey: KeyChosen = { include: false, pasted: '', show: false };

/** The key to write into the configuration; undefined: none was chosen, or what was pasted is no key. */
export function useChosenKey(vpn: Vpn, { include, pasted }: KeyChosen): string | undefined {
  const kept = useKeptKey(vpn);
  if (kept !== undefined) return include ? kept : undefined;
  return pasted !== '' && checkPreSharedKey(pasted).ok ? pasted : undefined;
}

type KeyChoiceProps = { vpn: Vpn; value: KeyChosen; onChange: (value: KeyChosen) => void };

/** Puts the pre-shared key into the configuration: the one that was just saved, or one that is pasted. */
export function KeyChoice({ vpn, value, onChange }: KeyChoiceProps) {
  const kept = useKeptKey(vpn);
  const key = useChosenKey(vpn, value);
  const checked = value.pasted === '' ? undefined : checkPreSharedKey(value.pasted);
  return (
    <Fields>
      {kept !== undefined ? (
        <Switch
          label="Include the pre-shared key"
          checked={value.include}
          onChange={(include) => onChange({ ...value, include })}
        >
          You have just saved it, so this page still knows it: for ten minutes, and until you leave this VPN.
          The server can’t give it back after that.
        </Switch>
      ) : (
        <SecretField
          label="Pre-shared key"
          placeholder="Paste the key to include it"
          help="The server can’t give it back. What you paste stays in this page, and is gone when you leave it."
          error={checked?.ok === false ? checked.refusal.message : undefined}
          value={value.pasted}
          onChange={(event) => onChange({ ...value, pasted: event.target.value })}
        />
      )}
      {key !== undefined && (
        <Switch
          label="Show the key in the configuration"
          checked={value.show}
          onChange={(show) => onChange({ ...value, show })}
        >
          Shown or not, what you copy or download holds the key. Send it only where the key may go.
        </Switch>
      )}
    </Fields>
  );
}
