/** The longest name of a workspace; see contract/workspaces.ts. */
const NAME_MAX = 40;
/** As much of the change as a name has room for beside the repository. */
const CHANGE_MAX = 24;

/**
 * What the workspace of a preview is called: the repository’s last part and the change, such as `app-12`. 1 to 40 characters of
 * a-z, 0-9 and dashes, whatever the repository is called.
 */
export function workspaceSlug(repository: string, change: string): string {
  const ofChange = cut(slug(change), CHANGE_MAX);
  const last = repository.split('/').findLast((part) => slug(part) !== '') ?? '';
  const ofRepository = cut(slug(last), NAME_MAX - ofChange.length - 1);
  return [ofRepository, ofChange].filter((part) => part !== '').join('-') || 'preview';
}

/** The same with something at its end that tells it apart from others. */
export const distinctSlug = (name: string, distinction: string): string =>
  `${cut(name, NAME_MAX - distinction.length - 1)}-${distinction}`;

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const cut = (text: string, length: number): string => text.slice(0, length).replace(/-$/, '');
