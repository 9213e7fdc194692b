import { describe, expect, test } from 'vitest';
import { buildReceiptNumber } from '../receipt-number.ts';
import { documentNumber } from './number.ts';
import { officeOf, organWord } from './office.ts';

const office = { organ: '白道口镇便民服务中心' };
const receipt = (site: string, serial: number, device = '001') =>
  buildReceiptNumber({ site, day: '2026-09-18', device, serial });

describe('文号', () => {
  test('is organ, kind, year and order, all known without a network', () => {
    expect(documentNumber('notice', office, receipt('410526102201', 7))).toBe(
      '白道口镇补字〔2026〕201-0918-001-0007号',
    );
  });

  test('no two applications of a township, and no two kinds, share one', () => {
    const numbers = ['410526102201', '410526102202', '410526102000'].flatMap((site) =>
      ['001', '002'].flatMap((device) =>
        [1, 2].flatMap((serial) =>
          (['notice', 'acceptance', 'refusal', 'decision'] as const).map((kind) =>
            documentNumber(kind, office, receipt(site, serial, device)),
          ),
        ),
      ),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('a second document of a kind is told apart', () => {
    expect(documentNumber('notice', office, receipt('410526102201', 7), 2)).toMatch(/-0007-2号$/);
  });

  test('a number that is none is printed as it is, so that it is found', () => {
    expect(documentNumber('notice', office, 'broken')).toBe('白道口镇补字broken号');
  });
});

describe('whose paper', () => {
  const contact = { organ: '白道口镇', phone: '1', supervision: '2' };

  test('a village station is under its township; what it prints is printed in the village', () => {
    expect(officeOf({ site: { fullName: '白道口镇许村', level: 'village' }, contact })).toEqual({
      organ: '白道口镇便民服务中心',
      station: '白道口镇许村便民服务站',
      printedIn: 'village',
      phone: '1',
      supervision: '2',
      practice: false,
    });
  });

  test('a township names the station that received, or none where its own counter did', () => {
    const site = { fullName: '白道口镇', level: 'township' };
    expect(officeOf({ site, contact, receivedBy: '许村便民服务站' }).station).toBe('白道口镇许村便民服务站');
    expect(officeOf({ site, contact })).toMatchObject({ station: null, printedIn: 'counter' });
  });

  test('a training site is known by its id', () => {
    const site = { id: 'L990526102900', fullName: '（练习）白道口镇练习站', level: 'village' };
    expect(officeOf({ site, contact })).toMatchObject({ practice: true, station: '（练习）白道口镇练习站' });
  });

  test('a name that is a sign already stays as it is', () => {
    const site = { fullName: '文峰区行政审批和政务信息管理局', level: 'county' };
    expect(officeOf({ site, contact }).organ).toBe('文峰区行政审批和政务信息管理局');
  });

  test('the word for an organ leaves out what every organ is called', () => {
    expect(organWord({ organ: '中华路街道办事处' })).toBe('中华路街道');
    expect(organWord({ organ: '便民服务中心' })).toBe('便民服务中心');
  });
});
