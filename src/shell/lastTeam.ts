const storageKey = 'culvert-team';

/** The team whose pages were open last in this browser, for what belongs to no team. */
export function lastTeam(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export function rememberTeam(team: string): void {
  try {
    localStorage.setItem(storageKey, team);
  } catch {
    // Storage is off in this browser: the first team it is.
  }
}
