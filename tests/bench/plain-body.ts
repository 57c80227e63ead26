/** The JWE in undamaged armor; what a program would do that reads only what it has written itself. */
export const plainBody = (text: string): string =>
  (text.split('\n\n')[1] ?? '').replace(/-----END[^]*/, '').replaceAll('\n', '');
