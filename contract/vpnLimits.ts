/** Seconds. Below five minutes the margins for rekeying break down; above a day many gateways refuse. */
export const LIFETIME = { min: 300, max: 86_400 } as const;
export const DPD_DELAY = { min: 5, max: 3600 } as const;
export const PROPOSALS_MAX = 16;
