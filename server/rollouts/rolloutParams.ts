import { z } from 'zod';
import { TeamParams } from '../http/teamAccess.ts';

export const VpnParams = TeamParams.extend({
  vpn: z.string().meta({ description: 'The VPN’s id or its name.' }),
});
