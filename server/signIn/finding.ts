/** What one step of a test found, with what to do about it. */
export type Finding = { result: 'ok' | 'warning' | 'failed'; message: string };

export const ok = (message: string): Finding => ({ result: 'ok', message });
export const warning = (message: string): Finding => ({ result: 'warning', message });
export const failed = (message: string): Finding => ({ result: 'failed', message });
