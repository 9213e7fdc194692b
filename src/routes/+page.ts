/** The way in: whoever comes is sent to their own desk, in the browser, so that it works without the office. */
export const ssr = false;
