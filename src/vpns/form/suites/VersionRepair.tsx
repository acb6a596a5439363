import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useFormContext, useWatch } from 'react-hook-form';
import { counted } from '../../../ui/counted.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Mono } from '../../../ui/text.tsx';
import type { VpnFormValues } from '../values.ts';
import { repaired, versionRepairs } from './versionRepairs.ts';

const List = styled('ul')({
  listStyle: 'none',
  margin: '6px 0 0',
  display: 'grid',
  gap: 2,
  // A suite is broken after its arrow, not within.
  '& > li > span': { whiteSpace: 'nowrap' },
});

/** After the IKE version was switched: which suites it can't carry, and the button that puts the nearest in their place. */
export function VersionRepair() {
  const { control, setValue, setFocus } = useFormContext<VpnFormValues>();
  const [ike, esp] = useWatch({ control, name: ['ike', 'esp'] });
  const ofIke = versionRepairs(ike.proposals, 'ike', ike.version);
  const ofEsp = versionRepairs(esp.proposals, 'esp', ike.version);
  const all = [...ofIke.map((one) => ['IKE', one] as const), ...ofEsp.map((one) => ['ESP', one] as const)];
  if (all.length === 0) return null;
  const repair = () => {
    const how = { shouldDirty: true, shouldValidate: true } as const;
    setValue('ike.proposals', repaired(ike.proposals, ofIke), how);
    setValue('esp.proposals', repaired(esp.proposals, ofEsp), how);
    setFocus(ofIke.length > 0 ? 'ike.proposals' : 'esp.proposals');
  };
  const button = all.length === 1 ? 'Replace it' : `Replace all ${all.length}`;
  return (
    <Notice state="warning" action={<Button onClick={repair}>{button}</Button>}>
      IKEv{ike.version} can’t carry {counted(all.length, 'cipher suite')}. The nearest that it can:
      <List>
        {all.map(([phase, { from, to }]) => (
          <li key={`${phase} ${from}`}>
            {phase} <Mono>{from}</Mono> → <Mono>{to}</Mono>
          </li>
        ))}
      </List>
    </Notice>
  );
}
