/** The public guide is plain pages from the office: no script runs, so it works in any browser. */
export const csr = false;
