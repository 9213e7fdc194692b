/**
 * Any item's form filled in on the screen with mouse and keyboard, as people do it: by kind of question, rows of tables,
 * questions that come up with an answer. Nothing sets a value from outside but the choice in a native list.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Answer, AnswerRow, Answers } from '#lib/domain/answers.ts';
import type { Field } from '#lib/domain/item.ts';

/** As many as FormField shows at a glance; more are a native list. */
const AT_A_GLANCE = 6;

const byId = (page: Page, id: string): Locator => page.locator(`[id="${id}"]`);
/** The group of radio buttons or boxes whose first has this id. */
const groupOf = (page: Page, id: string): Locator => page.locator('fieldset', { has: byId(page, id) }).last();

/** Into a box, key by key, and on to the next one. */
async function typeIn(page: Page, id: string, text: string): Promise<void> {
  const box = byId(page, id);
  await box.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}

const press = (group: Locator, option: string): Promise<void> =>
  group.getByText(option, { exact: true }).click();

/** One question, `typed` as people type it. */
async function answer(page: Page, field: Field, id: string, typed: unknown, inRow = false): Promise<void> {
  switch (field.type) {
    case 'boolean':
      return press(groupOf(page, id), typed === true ? '是' : '否');
    case 'multiselect':
      for (const option of typed as string[]) await press(groupOf(page, id), option);
      return;
    case 'select':
      if (!inRow && (field.options?.length ?? 0) <= AT_A_GLANCE)
        return press(groupOf(page, id), String(typed));
      await byId(page, id).selectOption(String(typed));
      return;
    case 'table':
      return fillRows(page, field, id, typed as Record<string, unknown>[]);
    default:
      return typeIn(page, id, String(typed));
  }
}

async function fillRows(
  page: Page,
  table: Field,
  id: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const group = page.locator('fieldset', { has: byId(page, id) }).first();
  for (const [at, row] of rows.entries()) {
    // a table that must be answered stands open with its first row
    if (at > 0 || !table.required) await group.getByRole('button', { name: '加一行' }).click();
    for (const column of table.columns ?? []) {
      const typed = row[column.key];
      if (typed !== undefined) await answer(page, column, `${id}.${at}.${column.key}`, typed, true);
    }
  }
}

/** Every question that is asked. A question that depends on a later one is filled in once it has come up. */
export async function fillAnswers(
  page: Page,
  form: readonly Field[],
  typed: Readonly<Record<string, unknown>>,
  stored: Answers,
): Promise<void> {
  const left = form.filter(({ key }) => key in stored);
  while (left.length > 0) {
    const at = left.findIndex(({ visibleIf }) => !left.some(({ key }) => key === visibleIf?.key));
    const [field] = left.splice(Math.max(at, 0), 1);
    const id = `answers.${field!.key}`;
    await expect(byId(page, id)).toBeVisible();
    await answer(page, field!, id, typed[field!.key]);
  }
}

/** How a material stands: 已收, 缺, 免提交 … */
export const putMaterial = (page: Page, code: string, word: string): Promise<void> =>
  press(groupOf(page, `materials.${code}`), word);

/** Rows and lists as plain data, to be compared with what the office keeps. */
export const plain = (answers: Answers): Record<string, Answer | AnswerRow[]> =>
  JSON.parse(JSON.stringify(answers)) as Record<string, Answer | AnswerRow[]>;
