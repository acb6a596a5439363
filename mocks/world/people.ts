/** Who is in the mock's team. Everybody has the same password. */
export const people = {
  ada: { name: 'Ada Brandt', email: 'ada@example.com', role: 'admin' },
  tomas: { name: 'Tomás Ruiz', email: 'tomas@example.com', role: 'admin' },
  mei: { name: 'Mei Tanaka', email: 'mei@example.com', role: 'member' },
  jonas: { name: 'Jonas Weber', email: 'jonas@example.com', role: 'member' },
} as const;

export type PersonName = keyof typeof people;

export const password = 'a long way to the gateway';

export const teamName = 'Platform team';
