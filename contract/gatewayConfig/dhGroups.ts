/** IANA, “Transform Type 4 - Key Exchange Method Transform IDs”: the numbers by which appliances call DH groups. */
export const dhGroupNumbers: Readonly<Record<string, number>> = {
  modp768: 1,
  modp1024: 2,
  modp1536: 5,
  modp2048: 14,
  modp3072: 15,
  modp4096: 16,
  modp6144: 17,
  modp8192: 18,
  ecp256: 19,
  ecp384: 20,
  ecp521: 21,
  modp1024s160: 22,
  modp2048s224: 23,
  modp2048s256: 24,
  ecp192: 25,
  ecp224: 26,
  ecp224bp: 27,
  ecp256bp: 28,
  ecp384bp: 29,
  ecp512bp: 30,
  curve25519: 31,
  curve448: 32,
};

/** The groups of these numbers, each called what `name` makes of its number. */
export const groupsByNumber = (
  numbers: readonly number[],
  name: (number: number) => string = String,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(dhGroupNumbers)
      .filter(([, number]) => numbers.includes(number))
      .map(([keyword, number]) => [keyword, name(number)]),
  );
