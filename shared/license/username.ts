/** By what two user names are the same: as the server compares them, in NFKC and lower case. */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}
