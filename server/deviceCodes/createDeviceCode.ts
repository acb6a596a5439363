import { DEVICE_CODE, type DeviceCodeCreated } from '../../contract/deviceCodes.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../ids.ts';
import { newToken, sha256Hex } from '../tokens.ts';
import { newUserCode, shownUserCode } from './userCode.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** Makes a pair of codes: the one that people compare, and the secret that the program polls with. Those that are over go. */
export async function createDeviceCode(
  { db, clock, settings }: Pick<Deps, 'db' | 'clock' | 'settings'>,
  client: { name: string; address: string | null },
): Promise<DeviceCodeCreated> {
  const now = clock.now();
  const deviceCode = newToken('device');
  const row = {
    id: newId('dev'),
    device_hash: await sha256Hex(deviceCode),
    client_name: client.name,
    client_address: client.address,
    created_at: iso(now),
    expires_at: iso(now + DEVICE_CODE.lifetimeSeconds * 1000),
    last_asked_at: null,
    state: 'waiting',
    team_id: null,
    user_id: null,
    session_id: null,
  } as const;
  const userCode = await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('device_code').where('expires_at', '<=', iso(now)).execute();
    for (;;) {
      const code = newUserCode();
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('device_code')
        .values({ ...row, user_code: code })
        .onConflict((on) => on.column('user_code').doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 1n) return code;
    }
  });
  const shown = shownUserCode(userCode);
  return {
    deviceCode,
    userCode: shown,
    verificationUri: `${settings.publicUrl}/device`,
    verificationUriComplete: `${settings.publicUrl}/device?code=${shown}`,
    expiresIn: DEVICE_CODE.lifetimeSeconds,
    interval: DEVICE_CODE.intervalSeconds,
  };
}
