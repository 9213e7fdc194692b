import { expect, it } from 'vitest';
import { advice } from './ensure-browser.ts';

it('has nothing to say when browser and font are there', () => {
  expect(advice({ browser: false, font: false })).toBeUndefined();
});

it('names the missing browser and each way to get one', () => {
  const message = advice({ browser: true, font: false });
  expect(message).toContain('缺少Chromium 浏览器');
  expect(message).toContain('apt-get install -y chromium\n');
  expect(message).toContain('CHROMIUM_PATH');
  expect(message).toContain('npx playwright install chromium');
});

it('asks for the font alone when only the font is missing', () => {
  const message = advice({ browser: false, font: true });
  expect(message).toContain('apt-get install -y fonts-noto-cjk');
  expect(message).not.toContain('CHROMIUM_PATH');
});
