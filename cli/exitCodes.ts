/**
 * What `culvert` ends with. `culvert run` ends as its child did; somebody who interrupts gets 130, as from every program.
 * usage: the command line itself is wrong · tunnelFailed: a tunnel isn't up, or what is behind it doesn't answer.
 */
export const exitCodes = {
  ok: 0,
  error: 1,
  usage: 2,
  notFound: 3,
  signIn: 4,
  forbidden: 5,
  timeout: 6,
  tunnelFailed: 7,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
