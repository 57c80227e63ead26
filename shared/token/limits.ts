/** Bytes of a text that may hold a token: a file, the clipboard, a QR code. */
export const MAX_TEXT_BYTES = 64 * 1024;

/** Characters of a bare JWE: leaves room for the armor, Windows line ends and one level of mail quoting. */
export const MAX_JWE_LENGTH = 60 * 1024;
