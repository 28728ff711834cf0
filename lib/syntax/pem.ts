/** The certificates in PEM that stand in a text, each from its first line to its last. Whether they can be read plays no part. */
export function certificateBlocks(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
}
