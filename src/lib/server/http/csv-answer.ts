/**
 * A table as an answer, saved under its name by whoever asked and kept by nobody on the way. The name is said here and not
 * by the link: a link that downloads would save the sign-in page under it once the session is over.
 */
export const csvAnswer = (file: string, name: string): Response =>
  new Response(file, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
    },
  });
