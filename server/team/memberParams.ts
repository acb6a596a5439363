import { z } from 'zod';
import { TeamParams } from '../http/teamAccess.ts';

/** Path parameters of a route about one member of a team. */
export const MemberParams = TeamParams.extend({
  member: z.string().meta({ description: 'The member’s user id.' }),
});
