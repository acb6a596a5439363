import { newId } from '../../ids.ts';
import type { TestApp } from '../../testing.ts';

/** A VPN of a team, as far as rules need one. Returns its id. */
export async function addVpn({ db, clock }: Pick<TestApp, 'db' | 'clock'>, teamId: string, name: string) {
  const id = newId('vpn');
  const at = new Date(clock.now()).toISOString();
  await db
    .insertInto('vpn')
    .values({
      id,
      team_id: teamId,
      name,
      name_key: name.toLowerCase(),
      search: name.toLowerCase(),
      ike_version: 2,
      ike_lifetime_seconds: 28_800,
      ike_proposals: '[]',
      esp_lifetime_seconds: 3600,
      esp_proposals: '[]',
      peer_ip: '203.0.113.1',
      peer_id: null,
      peer_subnets: '[]',
      udp_encapsulation: 0,
      dpd_delay_seconds: 30,
      psk_sealed: '',
      psk_changed_at: at,
      created_at: at,
      created_by: null,
      updated_at: at,
      updated_by: null,
    })
    .execute();
  return id;
}
