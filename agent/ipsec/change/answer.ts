import type { SafeChange } from '../../../contract/agentProtocol.ts';
import { verify } from '../../verify.ts';

/** An address behind the gateway that has to answer. */
export type Check = NonNullable<SafeChange['check']>;

/** Whether it answers to the virtual IP of a tunnel within `timeoutMs`. Never rejects. */
export type Ask = (check: Check, virtualIp: string | null, timeoutMs: number) => Promise<boolean>;

export const ask: Ask = async ({ address, port }, virtualIp, timeoutMs) => {
  const question = { type: 'verify', id: '', vpnId: '', address, port, timeoutMs } as const;
  return (await verify(question, virtualIp)).state === 'succeeded';
};
