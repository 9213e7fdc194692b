/** What the task list says of each step: what is there when it is done, what is asked when it is not. */
import type { Day } from '#lib/domain/day.ts';
import { applicantOf, materialsOf, STEPS, type Draft, type Step, type StepName } from '#lib/domain/draft.ts';
import { signerOf } from '#lib/domain/applicant.ts';
import { eligibilityOf } from '#lib/domain/eligibility.ts';
import { ageOn } from '#lib/domain/identity.ts';
import type { Item } from '#lib/domain/item.ts';
import { askedFields } from '#lib/ui/form/form-problems.ts';
import { selfWords } from './draft-summary.ts';
import { materialSums, missingCount, neededOf } from './material-words.ts';
import type { StatusKind } from '#lib/ui/Status.svelte';
import { countWord } from './step-words.ts';

export interface StepLine {
  note: string;
  status: { is: StatusKind; text?: string };
}

export function stepLine(step: Step, steps: readonly Step[], draft: Draft, item: Item, today: Day): StepLine {
  if (step.is === 'wrong') {
    const first = step.problems.slice(0, 2).map(({ text }) => text);
    return {
      note: first.join('；'),
      status: { is: 'wrong', text: `有 ${step.problems.length} 处没填好` },
    };
  }
  const note =
    step.is === 'done'
      ? doneNote(step.name, draft, item, today)
      : openNote(step.name, steps, draft, item, today);
  return { note, status: statusOf(step, draft, item) };
}

function statusOf(step: Step, draft: Draft, item: Item): StepLine['status'] {
  if (step.is === 'wait' || step.is === 'wrong') return { is: step.is };
  if (step.is === 'todo') return { is: 'todo', text: step.name === 'sign' ? '可以提交了' : '还没办' };
  const missing = step.name === 'materials' ? missingCount(materialsOf(draft, item)) : 0;
  return missing === 0 ? { is: 'done' } : { is: 'done', text: `已完成，缺 ${missing} 样` };
}

function doneNote(name: StepName, draft: Draft, item: Item, today: Day): string {
  switch (name) {
    case 'applicant': {
      const person = applicantOf(draft, today);
      const sex = person.sex === 'female' ? '，女' : person.sex === 'male' ? '，男' : '';
      const age = person.birthDate === null ? '' : `，${ageOn(person.birthDate, today)} 周岁`;
      const fits =
        person.kind === 'person' && eligibilityOf(item, person, today)?.is === 'doubtful'
          ? '，和申请条件对不上'
          : '';
      const acts = signerOf(person) === person.name ? '' : `，由${signerOf(person)}代为申请`;
      return `${person.name}${sex}${age}${person.kind === 'legal' ? '' : acts}${fits}`;
    }
    case 'handler':
      return draft.handledBy === 'proxy'
        ? `由${draft.proxy.name}代办（${draft.proxy.relation}），委托书已签；受托：${draft.proxy.acts.join('、')}`
        : `${selfWords(applicantOf(draft, today))}${item.mustAppear === undefined ? '' : '，本人已到场'}`;
    case 'form':
      return '都填好了';
    case 'materials':
      return materialSums(materialsOf(draft, item));
    case 'check':
      return '核对过了，已签名';
    case 'sign':
      return '';
  }
}

function openNote(name: StepName, steps: readonly Step[], draft: Draft, item: Item, today: Day): string {
  switch (name) {
    case 'applicant':
      return draft.applicant.kind === 'legal'
        ? '信用代码、名称、法定代表人、电话、地址'
        : '证件、姓名、电话、住址';
    case 'handler':
      return item.proxyAllowed ? '本人来办，或者委托别人代办' : '本人来办';
    case 'form':
      return `要填 ${askedFields(item.form, draft.answers, today).length} 项`;
    case 'materials': {
      const count = neededOf(materialsOf(draft, item)).length;
      return count === 0 ? '不用交材料' : `${countWord(count)}材料，逐样核对`;
    }
    case 'check':
    case 'sign': {
      const open = steps
        .slice(0, 4)
        .flatMap((step) => (step.is === 'done' ? [] : [STEPS.indexOf(step.name) + 1]));
      if (open.length > 0)
        return name === 'check' ? `第 ${open.join('、')} 步完成后才能核对` : '签名后提交，没有网也能提交';
      return name === 'check' ? '和申请人从头看一遍' : '签名后提交，没有网也能提交';
    }
  }
}

/** The step to go on with, and what to call it: the first that is not done. */
export function nextStep(steps: readonly Step[]): Step | undefined {
  return steps.find((step) => step.is === 'wrong' || step.is === 'todo');
}
