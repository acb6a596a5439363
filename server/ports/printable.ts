/**
 * What a replica calls something, as it may be shown: without control, invisible and direction characters, and without
 * halves of characters, which a database gives back as others.
 */
export const printable = (text: string): string => text.replaceAll(/\p{C}/gu, '').trim();
