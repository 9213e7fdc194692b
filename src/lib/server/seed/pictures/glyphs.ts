/**
 * A few characters drawn by hand, stroke by stroke, so that pictures say what they are on machines without a Chinese font
 * and are the same everywhere. Each stroke is pairs of digits x y on a field of ten by ten, y downward.
 */
const STROKES: Readonly<Record<string, string>> = {
  样: '0343 2029 2306 2446 5061 8071 5292 5494 4696 7279',
  本: '0393 4049 4208 4298 2666',
  示: '2171 0494 444938 2608 7698',
  身: '5041 2171 2127 717967 2373 2575 0777 8509',
  份: '2004 1219 5034 6094 4585 858978 6549',
  证: '1021 0323 232836 4191 7179 7595 5459 3999',
  户: '4051 1383 8386 1686 131609',
  口: '1282 1218 8288 1888',
  申: '1181 1117 8187 1484 1787 4049',
  请: '1021 0323 232836 4191 5282 3494 6064 4549 4585 858978 4676 4787',
  表: '1181 2282 0494 4044 4408 2629 2947 7566 4599',
  村: '0343 2029 2306 2446 4393 707968 5567',
  委: '6121 0292 4045 4204 4284 0696 453799 6618',
  会: '4004 4094 2474 1686 461888 6799',
  明: '0131 0107 3137 0434 0737 515749 5181 818978 5383 5585',
  存: '0292 4006 2529 457565 656958 3797',
  折: '0232 202918 0634 7051 515748 5494 7479',
  执: '0232 202918 0634 4282 828799 6038 4566',
  照: '0131 0105 3135 0333 0535 4181 818473 6145 5585 5557 8587 5787 1809 3839 5859 7889',
  材: '0343 2029 2306 2446 4393 707968 7347',
  料: '0112 4132 0444 2029 2406 2446 6172 6475 5696 8089',
};

/** An SVG path of one line of text; characters that are not drawn are left blank. `size`: of a character, pixels. */
export function textPath(text: string, x: number, y: number, size: number): string {
  const scale = (size * 0.9) / 9;
  return [...text]
    .flatMap((character, at) =>
      (STROKES[character] ?? '').split(' ').map((stroke) => {
        const points = stroke.match(/\d\d/g) ?? [];
        const place = (pair: string): string => {
          const left = x + at * size * 1.12 + Number(pair[0]) * scale;
          return `${left.toFixed(1)} ${(y + Number(pair[1]) * scale).toFixed(1)}`;
        };
        return points.length === 0 ? '' : `M${points.map(place).join('L')}`;
      }),
    )
    .join('');
}
