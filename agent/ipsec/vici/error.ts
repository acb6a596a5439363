/**
 * malformed: bytes that aren't VICI · too-large: over a limit of the protocol · unknown: charon knows no such command or
 * event · refused: the command answered `success=no` (message: its errmsg) · closed: the connection is gone ·
 * timeout: no answer in time.
 */
export type ViciErrorCode = 'malformed' | 'too-large' | 'unknown' | 'refused' | 'closed' | 'timeout';

/** The only error that anything in this folder throws or rejects with. */
export class ViciError extends Error {
  override readonly name = 'ViciError';
  readonly code: ViciErrorCode;

  constructor(code: ViciErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
