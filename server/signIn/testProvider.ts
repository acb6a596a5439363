import type { SignInTest } from '../../contract/signInProviders.ts';
import type { Deps } from '../deps.ts';
import { OutboundError } from '../outboundError.ts';
import { failed, ok, warning, type Finding } from './finding.ts';
import { discoveryAddress, endpointFault, fetchMetadata, issuerFault, ProviderFault } from './metadata.ts';
import type { ProviderMetadata } from './metadata.ts';
import type { ProviderAccess } from './providerClient.ts';
import { redirectUri } from './redirectUri.ts';
import { tryAuthorization, tryKeys, trySecret } from './testRequests.ts';

type Settings = ProviderAccess & { scopes: string };
type Step = { name: string; run: () => Finding | Promise<Finding> };

/** Asks a provider what can be known without a person who signs in. Each message says what is wrong and how to mend it. */
export async function testProvider(
  { outbound, settings }: Pick<Deps, 'outbound' | 'settings'>,
  save: Settings,
): Promise<SignInTest> {
  const address = redirectUri(settings);
  let found: ProviderMetadata | undefined;
  const metadata = () => found ?? unasked();
  const steps: Step[] = [
    {
      name: 'Address',
      run: async () => {
        found = await fetchMetadata(outbound, save.issuer);
        return ok(`${discoveryAddress(save.issuer)} answers.`);
      },
    },
    { name: 'Issuer', run: () => none(issuerFault(metadata(), save.issuer), 'It is the issuer you named.') },
    { name: 'Endpoints', run: () => none(endpointFault(metadata()), 'All that are needed are there.') },
    { name: 'Keys', run: () => tryKeys(outbound, metadata()) },
    { name: 'Code flow with PKCE', run: () => codeFlow(metadata()) },
    { name: 'Scopes', run: () => scopes(metadata(), save.scopes) },
    { name: 'Client id and secret', run: () => trySecret(outbound, metadata(), save, address) },
    { name: 'Redirect address', run: () => tryAuthorization(outbound, metadata(), save, address) },
  ];
  return await runAll(steps);
}

async function runAll(steps: readonly Step[]): Promise<SignInTest> {
  const findings: SignInTest['steps'] = [];
  let stopped = false;
  for (const { name, run } of steps) {
    if (stopped) {
      findings.push({ name, result: 'skipped', message: 'Not tried.' });
      continue;
    }
    const finding = await attempt(run);
    stopped = finding.result === 'failed';
    findings.push({ name, ...finding });
  }
  return { steps: findings, ok: !stopped };
}

async function attempt(run: Step['run']): Promise<Finding> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof OutboundError || error instanceof ProviderFault) return failed(error.message);
    throw error;
  }
}

const unasked = (): never => {
  throw new Error('The steps after the first run only where it found something.');
};

const none = (fault: string | null, message: string): Finding =>
  fault === null ? ok(message) : failed(fault);

function codeFlow(metadata: ProviderMetadata): Finding {
  const { response_types_supported: types, code_challenge_methods_supported: methods } = metadata;
  if (types !== undefined && !types.includes('code')) {
    return failed(
      'The provider has no authorization code flow (response type “code”). Culvert signs in by no other.',
    );
  }
  if (methods === undefined) {
    return warning(
      'The provider doesn’t say whether it knows PKCE. Culvert uses it; a provider that doesn’t know it leaves it aside.',
    );
  }
  if (methods.includes('S256')) return ok('Both are there.');
  return failed('The provider knows PKCE, but not its method S256. Allow it for this client.');
}

function scopes({ scopes_supported: known }: ProviderMetadata, asked: string): Finding {
  const unknown = asked.split(/ +/).filter((scope) => known !== undefined && !known.includes(scope));
  if (unknown.length === 0) return ok(`${asked} can be asked for.`);
  return warning(
    `The provider doesn’t list ${unknown.join(', ')}. It may refuse to sign anybody in with it: take it out if so.`,
  );
}
