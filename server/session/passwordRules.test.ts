import { describe, expect, test } from 'vitest';
import { passwordWeakness } from './passwordRules.ts';

const ada = { name: 'Ada Lovelace', email: 'ada.lovelace@analytical.example' };

describe('a new password is refused when it', () => {
  test.each([
    ['repeats one character', 'aaaaaaaaaaaa', /repeats/],
    ['repeats a word', 'xkfg-xkfg-xkfg-', /repeats/],
    ['counts up', '123456789012', /follows/],
    ['counts down', '987654321098', /follows/],
    ['follows the alphabet', 'abcdefghijklmnop', /follows/],
    ['follows the keyboard', 'qwertyuiop[]', /follows/],
    ['follows the keyboard, row by row', 'qwertyuiopasdfghjkl1', /follows/],
    ['follows the keyboard’s columns', '1qaz2wsx3edc', /follows/],
    ['is a common one', 'letmeinwelcome1', /most used/],
    ['is a common one with trimmings', 'Administrator1!', /most used/],
    ['is a common one with a year', 'Welcome-Summer2026', /most used/],
    ['is a common one in look-alikes', 'P@ssw0rdP4ss1', /most used/],
    ['is common words in a row', 'iloveyouforever', /most used/],
    ['is the famous one', 'correct horse battery staple', /most used/],
    ['is a common one and a run of digits', 'password12345678', /most used/],
    ['is the email', 'ada.lovelace@analytical.example', /your email/],
    ['is the name', 'AdaLovelace1815', /your name/],
    ['is the product', 'culvert-culvert1', /repeats|culvert/],
    ['is the product and the name', 'lovelace.culvert!', /culvert/],
  ])('%s', (_why, password, message) => {
    expect(passwordWeakness(password, ada)).toMatch(message);
  });
});

describe('a new password is taken when it', () => {
  test.each([
    ['is a phrase', 'seven violins under the harbour'],
    ['is random', 'vG7!qpZm2xLw'],
    ['is digits without a pattern', '830174652917'],
    ['has a common word among others', 'dragonfly-quarry-nettle'],
    ['holds the name and enough else', 'lovelace mends nine kettles'],
    ['is in another script', 'зимний вечер у реки'],
    ['has a common word and random digits', 'dragon8301746529'],
  ])('%s', (_why, password) => {
    expect(passwordWeakness(password, ada)).toBeNull();
  });
});
