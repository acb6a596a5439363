/** Claims as the providers put them into a token: what is there for a push to the main branch of one repository. */
export const githubClaims = {
  iss: 'https://token.actions.githubusercontent.com',
  repository: 'octo/app',
  repository_id: '4711',
  repository_owner: 'octo',
  repository_owner_id: '12',
  event_name: 'push',
  ref: 'refs/heads/main',
  ref_type: 'branch',
};

export const gitlabClaims = {
  iss: 'https://gitlab.example.com',
  project_id: '20',
  project_path: 'group/app',
  namespace_id: '5',
  namespace_path: 'group',
  pipeline_source: 'push',
  ref: 'main',
  ref_type: 'branch',
  ref_protected: 'true',
  job_project_id: '20',
};

export const bitbucketClaims = {
  iss: 'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
  workspaceUuid: '{6a1b}',
  repositoryUuid: '{90cd}',
  branchName: 'main',
};
