import type { GatewayPart } from './document.ts';

/** What a kind makes of the settings, or why it can't. */
export type Rendered = { unfit: string } | { notes: string[]; parts: GatewayPart[] };
