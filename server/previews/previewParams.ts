import { z } from 'zod';
import { TeamParams } from '../http/teamAccess.ts';

export const PreviewParams = TeamParams.extend({
  preview: z.string().meta({ description: 'The preview’s id.' }),
});
