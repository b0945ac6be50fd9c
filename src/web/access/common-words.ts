/**
 * What the commonest passwords are made of, the longest first: words, names and rows of keys that
 * head the lists of leaked passwords, and words of this trade. A password is judged by what it has
 * besides.
 */
export const COMMON_WORDS: readonly string[] = [
  ...['qwertyuiopå', 'qwertyuiop', 'asdfghjklö', 'asdfghjkl', '1q2w3e4r5t6y', '1qaz2wsx3edc'],
  ...['1q2w3e4r5t', '1qaz2wsx', 'qazwsxedc', 'zxcvbnm', 'qwerty', 'azerty', 'asdfgh', 'zxcvbn'],
  ...['administrator', 'bookkeeping', 'accounting', 'bokforing', 'bokföring', 'regnskap'],
  ...['password', 'passord', 'lösenord', 'losenord', 'hemlighet', 'hemligt', 'hemmelig'],
  ...['letmein', 'welcome', 'välkommen', 'valkommen', 'velkommen', 'iloveyou', 'trustno', 'secret'],
  ...['superman', 'batman', 'pokemon', 'football', 'fotboll', 'fotball', 'baseball', 'princess'],
  ...['prinsessa', 'sunshine', 'solsken', 'monkey', 'dragon', 'master', 'shadow', 'michael'],
  ...['jordan', 'charlie', 'freedom', 'whatever', 'starwars', 'computer', 'internet', 'google'],
  ...['facebook', 'samsung', 'killer', 'soccer', 'hockey', 'summer', 'winter', 'sommar', 'vinter'],
  ...['spring', 'autumn', 'sommer', 'hello', 'hejsan', 'sverige', 'sweden', 'norge', 'norway'],
  ...['stockholm', 'göteborg', 'goteborg', 'malmö', 'malmo', 'oslo', 'bergen', 'fortnox', 'bokbro'],
  ...[
    'tripletex',
    'visma',
    'company',
    'företag',
    'foretag',
    'admin',
    'login',
    'guest',
    'abc',
    'test',
  ],
];
