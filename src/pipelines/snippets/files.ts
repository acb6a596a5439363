import type { PipelineProvider } from '../../../contract/pipelines/identity.ts';
import bitbucketPipelines from '../../../integrations/bitbucket/bitbucket-pipelines.yml?raw';
import githubAction from '../../../integrations/github/action.yml?raw';
import githubWorkflow from '../../../integrations/github/workflow.yml?raw';
import gitlabPipeline from '../../../integrations/gitlab/gitlab-ci.yml?raw';
import gitlabTemplate from '../../../integrations/gitlab/template.yml?raw';
import { fillIn } from './fillIn.ts';
import { githubText, gitlabText, shellText, yamlLine, yamlText } from './quoting.ts';

/** What a pipeline has to know. `team` and `vpn` are names, as people gave them; `server` is the address of this one. */
export type PipelineFacts = { server: string; team: string; vpn: string };

/** A file of the user’s repository. `path` is where it goes there. */
export type SnippetFile = { path: string; text: string };

/**
 * The files that give a repository’s changes previews with this VPN: those of integrations/, with the facts filled in. The
 * first is the one to look through and change, what comes after it goes with it as it is.
 */
export const snippetFiles: Readonly<Record<PipelineProvider, (facts: PipelineFacts) => SnippetFile[]>> = {
  github: ({ server, team, vpn }) => {
    const input = (name: string, text: string) => `${name}: ${yamlText(githubText(text))}`;
    const text = fillIn(githubWorkflow, {
      'server: https://culvert.example.com': [input('server', server)],
      'vpnConfig: Company data center': [input('vpnConfig', vpn), input('team', team)],
      // Nobody here knows an address that answers in this network.
      'check: 10.250.0.5:5432': [],
    });
    return [
      { path: '.github/workflows/preview.yml', text },
      { path: '.github/actions/culvert/action.yml', text: githubAction },
    ];
  },
  gitlab: ({ server, team, vpn }) => {
    const variable = (name: string, text: string) => `${name}: ${yamlText(gitlabText(text))}`;
    const text = fillIn(gitlabPipeline, {
      'CULVERT_SERVER: https://culvert.example.com': [variable('CULVERT_SERVER', server)],
      'VPN_CONFIG: Company data center': [variable('VPN_CONFIG', vpn), variable('CULVERT_TEAM', team)],
    });
    return [
      { path: '.gitlab-ci.yml', text },
      { path: 'culvert.yml', text: gitlabTemplate },
    ];
  },
  bitbucket: ({ server, team, vpn }) => {
    const variable = (name: string, text: string) => `- ${yamlLine(`export ${name}=${shellText(text)}`)}`;
    const text = fillIn(bitbucketPipelines, {
      '- https://culvert.example.com': [`- ${yamlText(server)}`],
      '- export CULVERT_SERVER=https://culvert.example.com': [
        variable('CULVERT_SERVER', server),
        variable('CULVERT_TEAM', team),
      ],
      "- export VPN_CONFIG='Company data center'": [variable('VPN_CONFIG', vpn)],
    });
    return [{ path: 'bitbucket-pipelines.yml', text }];
  },
};
