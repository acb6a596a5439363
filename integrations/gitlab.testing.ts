import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const template = fileURLToPath(new URL('gitlab/template.yml', import.meta.url));
const component = fileURLToPath(new URL('gitlab/component/templates/preview.yml', import.meta.url));

const pipeline = readFileSync(new URL('gitlab/gitlab-ci.yml', import.meta.url), 'utf8');

/** How a project uses the job template. */
export const usingTemplate = (server: string, script: string): string =>
  pipeline.replace('https://culvert.example.com', server).replace('./test-with-database.sh', script);

/** How a project uses the component. */
export const usingComponent = (server: string, script: string): string => `include:
  - local: component.yml
    inputs:
      server: ${server}
      vpn: Company data center
      script: [${script}]
`;

/** Makes a project in this folder that has both parts, with the git history that GitLab’s tools ask for. */
export function makeProject(folder: string, pipeline: string): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(template, join(folder, 'culvert.yml'));
  copyFileSync(component, join(folder, 'component.yml'));
  writeFileSync(join(folder, '.gitlab-ci.yml'), pipeline);
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' });
  git('init', '-q', '-b', 'feature');
  git('remote', 'add', 'origin', 'git@gitlab.example.com:group/app.git');
  git('add', '.');
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '-q', '-m', 'All of it');
}
