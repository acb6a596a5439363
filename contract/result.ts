/**
 * Why an input is refused. The form and the server show `message` as it is, so it names the offending part and
 * says what to do; `suggestion` is a whole replacement value that would be accepted, where one exists.
 */
export type Refusal = { code: string; message: string; part?: string; suggestion?: string };

/** Something accepted that deserves a word: shown beside the value, never blocks. */
export type Warning = { code: string; message: string };

export type Refused = { ok: false; refusal: Refusal };

/** The outcome of parsing text into a typed value: parse, don't validate. */
export type Result<T> = { ok: true; value: T; warnings: Warning[] } | Refused;

export const accept = <T>(value: T, warnings: Warning[] = []): Result<T> => ({ ok: true, value, warnings });

export const refuse = (refusal: Refusal): Refused => ({ ok: false, refusal });
