import { describe, expect, it } from 'vitest';
import { dayAndTime, formatNumbers, sentenceCase } from '../../../renderer/format/intl.ts';

const at = (day: number, hour: number, minute: number) => new Date(2031, 4, day, hour, minute).getTime();
const plain = (text: string) => text.replaceAll(/\s/g, ' ');
const say = (...given: Parameters<typeof dayAndTime>) => {
  const { near, day, time } = dayAndTime(...given);
  return [near, day, plain(time)];
};

describe('dayAndTime', () => {
  const now = at(14, 9, 30);

  it('says today and yesterday by the calendar, not by hours', () => {
    expect(say('en', at(14, 0, 1), now)).toEqual([true, 'today', '12:01 AM']);
    expect(say('en', at(13, 23, 59), now)).toEqual([true, 'yesterday', '11:59 PM']);
    expect(say('de', at(13, 14, 5), now)).toEqual([true, 'gestern', '14:05']);
  });

  it('gives the date of what was before that, and of what a wrong clock puts ahead', () => {
    expect(say('en', at(12, 23, 59), now)).toEqual([false, 'May 12, 2031', '11:59 PM']);
    expect(say('en', at(15, 0, 1), now)).toEqual([false, 'May 15, 2031', '12:01 AM']);
  });
});

describe('words that stand alone', () => {
  it('begin with a capital, where there are any', () => {
    expect(sentenceCase('de', 'heute um 14:05')).toBe('Heute um 14:05');
    expect(sentenceCase('ar', 'اليوم')).toBe('اليوم');
    expect(sentenceCase('en', '')).toBe('');
  });
});

describe('formatNumbers', () => {
  it('lists them as the language does', () => {
    expect(formatNumbers('en', [2])).toBe('2');
    expect(formatNumbers('en', [1, 2, 4])).toBe('1, 2, and 4');
    expect(formatNumbers('de', [1, 3])).toBe('1 und 3');
  });
});
