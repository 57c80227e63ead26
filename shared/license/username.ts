/** The most characters of a user name or password that the wire takes. */
export const LONGEST_USERNAME = 254;
export const LONGEST_PASSWORD = 1024;

/** By what two user names are the same: as the server compares them, in NFKC and lower case. */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}
