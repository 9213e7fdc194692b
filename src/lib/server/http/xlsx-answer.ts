/** A workbook as an answer: saved under its name, kept by nobody on the way. */
export const xlsxAnswer = (file: Uint8Array<ArrayBuffer>, name: string): Response =>
  new Response(file, {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
    },
  });
