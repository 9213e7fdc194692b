/** The body of `POST /api/catalogue/items`: raw SHA-256 hashes, 32 bytes each, one after the other. */
export const ITEM_HASHES = {
  type: 'application/octet-stream',
  /** In one request: they fit the cap of a small body. */
  most: 500,
} as const;
