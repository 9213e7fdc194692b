/** A table as an answer: saved by whoever asked, kept by nobody on the way. The page's link names the file. */
export const csvAnswer = (file: string): Response =>
  new Response(file, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment',
      'cache-control': 'no-store',
    },
  });
