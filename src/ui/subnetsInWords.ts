/** The subnets as a sentence needs them: the first two by name, the rest as a number. */
export function subnetsInWords(subnets: readonly string[]): string {
  const shown = subnets.slice(0, 2);
  const more = subnets.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.join(' and ');
}
