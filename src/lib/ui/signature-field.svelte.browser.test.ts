import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Signature } from '#lib/domain/commands.ts';
import { isSigned } from '#lib/domain/signature.ts';
import SignatureField from './SignatureField.svelte';
import SignatureShown from './SignatureShown.svelte';

let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** The field as a page holds it: what counts, and whether somebody tried to go on without. */
function open(start: Signature | null = null, error?: string) {
  const props = $state<{ value: Signature | null; error: string | undefined }>({ value: start, error });
  const target = document.body.appendChild(document.createElement('div'));
  target.style.width = '600px';
  const made = mount(SignatureField, {
    target,
    props: {
      id: 'sign',
      by: '王示例',
      paper: '申请表',
      get value() {
        return props.value;
      },
      get error() {
        return props.error;
      },
      onchange: (signature: Signature | null) => {
        props.value = signature;
      },
    },
  });
  stop = () => {
    void unmount(made);
    target.remove();
  };
  return props;
}

const way = (name: string) =>
  page.getByRole('radiogroup', { name: '怎么签' }).first().getByText(name).click();
const witness = page.getByRole('textbox', { name: '见证人姓名' });
const witnessOnPaper = () =>
  page.getByRole('radiogroup', { name: '见证人怎么签' }).getByText('纸上已签').click();

test('a fingerprint counts once a witness of another name has signed', async () => {
  const held = open();
  await way('按指印');
  expect(held.value).toBeNull();
  await witnessOnPaper();
  expect(held.value).toBeNull();
  await witness.fill('周见证');
  expect(held.value).toEqual({
    kind: 'fingerprint',
    by: '王示例',
    witness: { kind: 'paper', by: '周见证' },
  });
  await witness.fill('王示例');
  await userEvent.keyboard('{Tab}');
  expect(held.value).toBeNull();
  await expect.element(page.getByText('见证人要是另一个人，不能是按指印的本人')).toBeVisible();
});

test('whoever goes on without the witness is told what is lacking, at its place', async () => {
  const held = open();
  await way('按指印');
  held.error = '还没有王示例的签名';
  flushSync();
  await expect.element(page.getByText('请填写见证人姓名')).toBeVisible();
  await expect.element(page.getByText('见证人还没有签名')).toBeVisible();
  await expect.element(page.getByText('还没有王示例的签名')).not.toBeInTheDocument();
});

test('a witness draws; when the words above change the witness signs anew', async () => {
  const held = open();
  await way('按指印');
  await witness.fill('周见证');
  const canvas = document.querySelector('canvas')!;
  const { left, top } = canvas.getBoundingClientRect();
  const point = (type: string, x: number, y: number) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 7,
        pointerType: 'touch',
        isPrimary: true,
        clientX: left + x,
        clientY: top + y,
        button: 0,
        buttons: type === 'pointerup' ? 0 : 1,
        pressure: 0.5,
        bubbles: true,
        cancelable: true,
      }),
    );
  point('pointerdown', 20, 20);
  for (let i = 1; i < 6; i++) point('pointermove', 20 + i * 20, 40);
  point('pointerup', 120, 40);
  await expect.poll(() => held.value?.kind).toBe('fingerprint');
  expect(isSigned(held.value!)).toBe(true);

  held.value = null;
  flushSync();
  await expect.element(page.getByText('还没有签')).toBeInTheDocument();
  await expect.element(witness).toHaveValue('周见证');
  expect(held.value).toBeNull();
});

test('a kept fingerprint comes back with its witness', async () => {
  open({ kind: 'fingerprint', by: '王示例', witness: { kind: 'paper', by: '周见证' } });
  await expect.element(witness).toHaveValue('周见证');
  await expect.element(page.getByText('周见证已在纸质申请表上签名', { exact: false })).toBeVisible();
});

test('a fingerprint is shown by its mark and its witness, never as a signature of its own', async () => {
  const target = document.body.appendChild(document.createElement('div'));
  const value: Signature = {
    kind: 'fingerprint',
    by: '王示例',
    witness: { kind: 'drawn', by: '周见证', width: 300, height: 120, strokes: [[10, 10, 60, 40]] },
  };
  const made = mount(SignatureShown, { target, props: { value } });
  stop = () => {
    void unmount(made);
    target.remove();
  };
  await expect.element(page.getByRole('img', { name: '王示例的指印' })).toBeVisible();
  await expect.element(page.getByRole('img', { name: '周见证的签名' })).toBeVisible();
  await expect.element(page.getByRole('img', { name: '王示例的签名' })).not.toBeInTheDocument();
});
