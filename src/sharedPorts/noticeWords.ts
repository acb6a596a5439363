import type { PortNotice } from '../../contract/ports.ts';

/** What ended a share, as the end of “Port 3000 is private again because …”. */
export const becauseOf: Readonly<Record<PortNotice['reason'], string>> = {
  restarted: 'the workspace restarted',
  'added-again': 'forwarding it was stopped and started again',
  https: 'it speaks https now',
  policy: 'the team stopped allowing that visibility',
};

/** The button that gives it back what it was. */
export const shareAgainLabel: Readonly<Record<PortNotice['from'], string>> = {
  private: 'Keep private',
  organization: 'Share with the organization again',
  public: 'Share publicly again',
};
