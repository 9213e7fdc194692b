/** What a 收件凭证 says. Everything is ready to print: masked, formatted, in Chinese; papers decide nothing. */
export interface Receipt {
  /** 收件凭证 */
  title: string;
  /** The station's name. Village paper carries no seal. */
  station: string;
  /** In groups, as it is read out: ['410581101209', '20260923', '014', '0007', '4']. */
  number: readonly string[];
  item: string;
  /** 申请人, 收件, 代办员 …; `short` is what the roll says instead. */
  facts: readonly { name: string; value: string; short?: string }[];
  materials: readonly ReceiptMaterial[];
  /** What the QR code holds: an address with a random token. */
  qr: string;
  /** 本凭证不代表受理 … ; the roll prints the first sentence. */
  warning: string;
  notes: readonly string[];
  phones: readonly { name: string; number: string }[];
  /** When this copy was printed. */
  printedAt: string;
  /** 第一联·交申请人 */
  copy?: string | undefined;
  /** Printed once before: the copy is marked 补打. */
  reprint?: boolean | undefined;
  /** A copy on which names and numbers are partly covered; it says so. */
  masked?: boolean | undefined;
}

export interface ReceiptMaterial {
  name: string;
  /** 原件, 复印件, 原件拍照; with `copies` left out when it is to come later. */
  form?: string | undefined;
  copies?: string | undefined;
  note?: string | undefined;
}
