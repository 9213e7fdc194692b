import { expect, test } from 'vitest';
import { contentsText, hindranceWords, takenText } from './parcel-words.ts';

test('what is in a parcel is told in applications, steps and photos', () => {
  expect(contentsText({ applications: 12, commands: 14, photos: 3 })).toBe('12 件（14 步）、3 张照片');
  expect(contentsText({ applications: 1, commands: 1, photos: 0 })).toBe('1 件');
  expect(contentsText({ applications: 0, commands: 0, photos: 2 })).toBe('2 张照片');
  expect(contentsText({ applications: 0, commands: 0, photos: 0 })).toBe('没有办件');
});

test('taking in says what is new, and that twice is once', () => {
  expect(takenText({ commands: 2, applications: 2, photos: 1, known: 3 })).toBe(
    '带入了 2 件、1 张照片；另有 3 样原来就有，没有重复。联网自动送，经手人还是原来的人。',
  );
  expect(takenText({ commands: 0, applications: 0, photos: 0, known: 3 })).toBe(
    '里面的这台电脑上都有了，没有重复带入。',
  );
});

test('a parcel of another place says where it belongs', () => {
  expect(hindranceWords({ why: 'elsewhere', site: '白道口镇许村' })).toEqual({
    what: '这份文件不能在这里带入',
    why: '它是白道口镇许村的，不归这台电脑所在的站点管',
    remedy: '请拿到白道口镇许村的另一台电脑，或它的乡镇窗口带入',
  });
  expect(hindranceWords({ why: 'code' }).what).toBe('打不开这个文件');
});
