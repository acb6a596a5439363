/** Why another server wasn't asked, or didn't answer, in words for whoever typed its address. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  /** `refused`: it may not be asked · `unreachable`: no answer · `too-large` · `redirect`. */
  readonly code: 'refused' | 'unreachable' | 'too-large' | 'redirect';

  constructor(code: OutboundError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
