/** What the tests' provider knows of whom, by the name that is typed at its page. */
export const people: Readonly<Record<string, Record<string, unknown>>> = {
  ada: { name: 'Ada', email: 'ada.b@acme.example', email_verified: true, groups: ['culvert-admins'] },
  mei: { name: 'Mei Tanaka', email: 'mei@acme.example', email_verified: true, groups: ['staff'] },
  network: {
    name: 'Nia Network',
    email: 'nia@acme.example',
    email_verified: true,
    groups: ['culvert-admins'],
  },
  unsure: { name: 'Una', email: 'una@acme.example', email_verified: false },
  outsider: { name: 'Otto', email: 'otto@elsewhere.example', email_verified: true },
  namesake: { name: 'Not Ada', email: 'ada@example.com', email_verified: true },
};

export type OidcSettings = { port: number; redirectUri: string; clientSecret: string };

/** Parameters to set, or (null) to leave out, on the way to the provider and back from it. */
export type Tampering = {
  authorize?: Record<string, string | null>;
  callback?: Record<string, string | null>;
};
