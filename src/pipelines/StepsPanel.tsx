import { styled } from '@mui/material/styles';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Vpn } from '../../contract/vpns.ts';
import { useSession, useTeam } from '../session/viewer.ts';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Disclosure } from '../ui/form/Disclosure.tsx';
import { FormSection } from '../ui/form/FormSection.tsx';
import { Segmented } from '../ui/form/Segmented.tsx';
import { TextLink } from '../ui/links.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel, PanelBody } from '../ui/Panel.tsx';
import { Mono, Small } from '../ui/text.tsx';
import { providerOptions } from '../trust/providerOptions.ts';
import { isThisMachine } from './reach.ts';
import { providerOf, rememberedProvider, rememberProvider } from './providers.ts';
import { snippetFiles } from './snippets/files.ts';
import { TrustFirst } from './TrustFirst.tsx';

const route = getRouteApi('/teams/$team/vpns/$vpn/ci-cd');

const File = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 8,
  minWidth: 0,
});

/** What closes a preview, by service. */
const endings = {
  github: 'Closing the pull request takes the preview down.',
  gitlab: 'Closing or merging takes the preview down: GitLab stops the environment.',
  bitbucket:
    'Bitbucket starts nothing when a pull request is closed: run “preview-down” by hand, or let the preview’s time pass.',
} as const;

/** Where an API token is kept, and what the step takes it by. */
const tokenPlaces = {
  github: { secret: 'a secret of the repository', name: 'token' },
  gitlab: { secret: 'a masked variable of the project', name: 'CULVERT_TOKEN' },
  bitbucket: { secret: 'a secured variable of the repository', name: 'CULVERT_TOKEN' },
} as const;

/** What has to be done once, by service: trust the repository, put these files into it. */
export function StepsPanel({ vpn }: { vpn: Vpn }) {
  const team = useTeam();
  const { server } = useSession();
  const navigate = useNavigate({ from: '/teams/$team/vpns/$vpn/ci-cd' });
  const search = route.useSearch();
  const [first] = useState(rememberedProvider);
  const provider = providerOf(search.provider) ?? first;
  const [main, ...others] = snippetFiles[provider]({
    server: server.publicUrl,
    team: team.name,
    vpn: vpn.name,
  });
  return (
    <Panel aria-label="Preview deployments">
      <PanelBody>
        <FormSection
          title="Service"
          purpose={`Each change gets a preview of its own: a workspace that is connected to ${vpn.name}.`}
        >
          <Segmented
            label="Where the pipelines run"
            name="provider"
            options={providerOptions}
            value={provider}
            onChange={(chosen) => {
              rememberProvider(chosen);
              void navigate({ search: { provider: chosen }, replace: true, resetScroll: false });
            }}
          />
        </FormSection>
        <FormSection
          title="1. Trust the repository"
          purpose="It proves who it is with its service’s own token. No secret is stored."
        >
          <TrustFirst vpn={vpn} provider={provider} />
        </FormSection>
        <FormSection
          title="2. Add the files"
          purpose="Put them into the repository and change the step that tests to your own."
        >
          {isThisMachine(server.publicUrl) && (
            <Notice state="warning">
              Pipelines have to reach this server, and <Mono>{server.publicUrl}</Mono> leads each of them to
              itself. Set <Mono>CULVERT_PUBLIC_URL</Mono> to an address that they reach.
            </Notice>
          )}
          {main && (
            <File key={main.path}>
              <Mono>{main.path}</Mono>
              <CodeBlock text={main.text} what={main.path} wholeLines />
            </File>
          )}
          {others.map(({ path, text }) => (
            <Disclosure key={path} style={{ minWidth: 0 }}>
              <summary>
                And, as it is: <Mono>{path}</Mono>
              </summary>
              <CodeBlock text={text} what={path} wholeLines />
            </Disclosure>
          ))}
          <Small>
            The step ends when the tunnels are up. {endings[provider]} Without a trusted repository, an{' '}
            <TextLink
              to="/teams/$team/settings"
              params={{ team: team.id }}
              search={{ dialog: 'create-token' }}
            >
              API token
            </TextLink>{' '}
            does: keep it in {tokenPlaces[provider].secret}, and give it to the step as{' '}
            <Mono>{tokenPlaces[provider].name}</Mono>.
          </Small>
        </FormSection>
      </PanelBody>
    </Panel>
  );
}
