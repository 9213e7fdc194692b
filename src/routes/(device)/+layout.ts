/** Runs in the browser only: it must open with the office down, and people's data never passes through rendering. */
export const ssr = false;
