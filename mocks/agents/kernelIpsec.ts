import type { IpsecCapability } from '../../contract/workspaces.ts';

/** What an agent says of an ordinary machine. */
export const kernelIpsec: IpsecCapability = {
  supported: true,
  backend: 'kernel',
  strongswanVersion: '5.9.8',
  code: null,
  reason: null,
  fix: null,
};
