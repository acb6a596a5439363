import type { DeviceCodeCreated, DeviceTokenCreated } from '../../contract/deviceCodes.ts';
import type { Api } from '../api.ts';
import { ApiError, CliError } from '../cliError.ts';
import type { SignedInTeam } from '../config.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Output } from '../output.ts';

/** Seconds that are added each time the server finds that it is asked too often (RFC 8628, 3.5). */
const SLOWER = 5;

/** The device authorization grant: RFC 8628. */
export async function signInByDevice(context: Context, api: Api, out: Output): Promise<SignedInTeam> {
  const code = await api.post<DeviceCodeCreated>('/device-codes', {
    clientName: clientName(context.hostname),
  });
  out.say(`Open ${code.verificationUriComplete}\nand compare the code there with ${code.userCode}.`);
  const progress = out.progress('Waiting for the browser…');
  try {
    const { token, team, user, expiresAt } = await waitForToken(context, api, code);
    return { ...team, token, user, expiresAt };
  } finally {
    progress.stop();
  }
}

async function waitForToken(
  { clock }: Context,
  api: Api,
  { deviceCode, interval, expiresIn }: DeviceCodeCreated,
): Promise<DeviceTokenCreated> {
  const end = clock.now() + expiresIn * 1000;
  let seconds = interval;
  while (clock.now() < end) {
    await clock.wait(seconds * 1000);
    try {
      return await api.post<DeviceTokenCreated>('/device-tokens', { deviceCode });
    } catch (error) {
      seconds += slowDownBy(error);
    }
  }
  throw expired();
}

/** Seconds to wait longer from now on; throws what ends the sign-in. */
function slowDownBy(error: unknown): number {
  if (!(error instanceof CliError)) throw error;
  switch (error.code) {
    case 'authorization_pending':
      return 0;
    // Somebody may carry the machine to another network meanwhile.
    case 'unreachable':
    case 'timeout':
    case 'slow_down':
      return SLOWER;
    case 'expired_token':
      throw expired();
    case 'access_denied':
      throw new CliError('The sign-in was refused in the browser.', {
        exit: exitCodes.signIn,
        code: error.code,
      });
    default:
      throw error instanceof ApiError && error.problem.status === 429
        ? new CliError(error.message, { exit: error.exit, advice: 'Wait a minute, then: culvert login' })
        : error;
  }
}

const expired = () =>
  new CliError('Nobody allowed the sign-in in time.', {
    exit: exitCodes.timeout,
    advice: 'Begin again: culvert login',
    code: 'expired_token',
  });

/** The token is named after the machine. */
const clientName = (hostname: string): string => `culvert on ${hostname}`.slice(0, 100);
