/** Who a device is to a server that asks for a certificate in the TLS handshake. Secret. */
export interface ClientIdentity {
  /** PKCS #8 PEM of a P-256 key. It is used to sign handshakes and never sent. */
  readonly key: string;
  /** PEM: the certificate of that key, then those that lead from it to the CA. */
  readonly chain: string;
}
