/** What the counter says about an identity number that cannot be right, each time with the way out. */
import { ID_KIND_TABLE } from './identity.ts';
import type { IdKind, IdProblem } from './identity.ts';

const SHAPES: Readonly<Record<IdKind, string>> = {
  residentId: '身份证号是 18 位，最后一位可能是 X',
  hmtResidence: '居住证号是 18 位，以 810000、820000 或 830000 开头',
  foreignPermanent: '新版永久居留身份证号是 18 位、以 9 开头，旧版是 3 个字母加 12 位数字',
  hmtPass: '回乡证号是字母 H 或 M 加 8 位或 10 位数字',
  taiwanPass: '台胞证号是 8 位数字',
  passport: '护照号是 5 至 17 位字母和数字',
};

/** One sentence without a full stop, for the field and for the summary of errors alike. */
export function idProblemText(kind: IdKind, problem: IdProblem): string {
  const name = ID_KIND_TABLE[kind].short;
  switch (problem.problem) {
    case 'empty':
      return `请填写${name}`;
    case 'length': {
      const off = problem.length - 18;
      return `${name}应是 18 位，现在${off < 0 ? `少 ${-off} 位` : `多 ${off} 位`}，请对照证件再核一遍`;
    }
    case 'fifteen':
      return '15 位的旧身份证已经停用，请用 18 位的身份证号';
    case 'characters':
      return problem.at === 18
        ? '第 18 位只能是数字或 X，请对照证件再核一遍'
        : `第 ${problem.at} 位不是数字，请对照证件再核一遍`;
    case 'birthDate':
      return '第 7 至 14 位不是真实的出生日期，请对照证件再核一遍';
    case 'future':
      return '第 7 至 14 位的出生日期在今天之后，请对照证件再核一遍；如果证件无误，请检查这台电脑的日期';
    case 'checkDigit':
      return '第 18 位（校验码）不对，请对照证件再核一遍';
    case 'kind':
      return `这是${ID_KIND_TABLE[problem.looksLike].label}的号码，请改选证件类型，或者对照证件再核一遍`;
    case 'shape':
      return `${SHAPES[kind]}，请对照证件再核一遍`;
  }
}
