/** Where a link leads, for a page that is on the same site. */
export const pathOf = (url: string): string => {
  const { pathname, hash } = new URL(url);
  return pathname + hash;
};
