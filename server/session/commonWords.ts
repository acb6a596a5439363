/**
 * The words that the most used passwords are made of (from published lists of leaked ones), lower case and without the
 * digits and symbols people add: the rules in `passwordRules.ts` see through those.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `password passwort passwd pass contrasena motdepasse senha secret geheim admin administrator root user username login
  guest test tester testing demo default changeme change letmein welcome willkommen bienvenue hello hallo bonjour
  access server system manager master superman batman spiderman ironman wonderwoman starwars matrix pokemon pikachu
  iloveyou ilove love you loveyou lovely loveme lover forever always family friends friend mother father mommy daddy
  brother sister baby babygirl babyboy angel princess prince queen king sweety sweetheart honey darling beautiful
  sunshine summer winter spring autumn monday friday sunday january february march april june july august september
  october november december today tomorrow money dollar lucky happy smile flower rainbow butterfly chocolate cookie
  banana orange apple cherry pepper ginger coffee cheese monkey dragon tiger lion eagle falcon phoenix panther wolf
  bear shark dolphin kitten kitty cat dog doggy puppy horse bunny chicken turtle football soccer baseball basketball
  hockey tennis golf fuckyou fuck you asshole bitch shit computer internet windows microsoft google facebook yahoo
  gmail amazon samsung iphone android youtube instagram twitter linkedin github linux ubuntu oracle cisco vpn ipsec
  network gateway firewall router switch admin123 company office business work london paris berlin madrid america
  england germany france canada texas chicago dallas boston liverpool chelsea arsenal barcelona realmadrid juventus
  ferrari porsche mercedes mustang corvette camaro harley yamaha honda toyota michael jordan jennifer jessica ashley
  michelle nicole daniel thomas robert george charlie andrew anthony joshua matthew william jackson maggie buster
  qwerty qwertz azerty qwertyuiop asdf asdfgh asdfghjkl zxcvbn zxcvbnm abc abcd abcde abcdef qazwsx qweasd qwe asd
  zxc super power strong freedom hunter ranger killer soldier ninja samurai shadow thunder storm magic wizard trust
  trustno trustnoone nothing whatever something jesus christ god heaven blessed church hannah monica sophie thunderbird
  correct battery staple the my is a and to in it on me not new very good best one two three four five six seven`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
