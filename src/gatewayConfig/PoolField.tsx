import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { checkPool, poolShortage, poolsFor } from '../../contract/gatewayPool.ts';
import type { VpnSettings } from '../../contract/vpns.ts';
import { TextField } from '../ui/form/TextField.tsx';
import { Notice } from '../ui/Notice.tsx';

const Box = styled('div')({ display: 'grid', gap: 10, alignContent: 'start', minWidth: 0 });

type PoolFieldProps = {
  settings: VpnSettings;
  /** How many replicas take an address from it. */
  replicas: number;
  /** As typed, or as the address of the page has it; '' stands for a usual one. */
  value: string;
  onChange: (text: string) => void;
};

/** Why a pool that was typed can't be used; undefined: it can, or none was typed. */
export const poolRefusal = (value: string, settings: VpnSettings) => {
  const checked = value.trim() === '' ? undefined : checkPool(value, settings);
  return checked?.ok === false ? checked.refusal : undefined;
};

/** Where the gateway takes virtual IPs from. */
export function PoolField({ settings, replicas, value, onChange }: PoolFieldProps) {
  // What is typed shows at once; the address of the page follows.
  const [text, setText] = useState(value);
  const refusal = poolRefusal(text, settings);
  const chosen = text.trim();
  const pools = poolsFor(settings, chosen === '' ? undefined : chosen);
  const shortage = refusal === undefined ? poolShortage(pools, replicas) : undefined;
  const usual = poolsFor(settings);
  const type = (next: string) => {
    setText(next);
    onChange(next.trim());
  };
  const suggestion = refusal?.suggestion;
  return (
    <Box>
      <TextField
        label="Address pool"
        mono
        value={text}
        placeholder={[usual.v4, usual.v6].flatMap((pool) => pool?.text ?? []).join(', ')}
        help="The gateway gives every replica a virtual IP out of this subnet. Nothing else may use it."
        error={refusal?.message}
        fix={
          suggestion === undefined ? undefined : { label: `Use ${suggestion}`, apply: () => type(suggestion) }
        }
        onChange={(event) => type(event.target.value)}
      />
      {shortage !== undefined && <Notice state="warning">{shortage}</Notice>}
    </Box>
  );
}
