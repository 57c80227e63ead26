import { describe, expect, it } from 'vitest';
import { attributeText } from '../../../shared/messages/attribute-text.ts';
import { readableKey } from '../../../renderer/format/readable-key.ts';

describe('readableKey', () => {
  it.each([
    ['advancedExport', 'Advanced export'],
    ['advanced-export', 'Advanced export'],
    ['advanced_export.v2', 'Advanced export v2'],
    ['maxCPUCores', 'Max CPU cores'],
    ['CAD', 'CAD'],
    ['seats', 'Seats'],
    ['plugin-sdk', 'Plugin SDK'],
    ['exportPdf', 'Export PDF'],
    ['export-4k', 'Export 4K'],
    ['3d-view', '3D view'],
    ['rapid', 'Rapid'],
    ['v2', 'V2'],
  ])('reads %s as %s', (key, words) => {
    expect(readableKey(key)).toBe(words);
  });

  it('leaves names alone', () => {
    expect(readableKey('Export (beta)')).toBe('Export (beta)');
    expect(readableKey('ميزة')).toBe('ميزة');
  });
});

describe('attributeText', () => {
  it('formats by type', () => {
    expect(attributeText({ type: 'number', value: '1234.5' }, 'de')).toBe('1.234,5');
    expect(attributeText({ type: 'number', value: '0.123456' }, 'en')).toBe('0.123456');
    expect(attributeText({ type: 'date', value: '2031-11-30' }, 'en')).toBe('November 30, 2031');
    expect(attributeText({ type: 'string', value: '0012' }, 'en')).toBe('0012');
  });

  it('shows as it came what does not fit its type, and numbers too long to be exact', () => {
    expect(attributeText({ type: 'number', value: 'many' }, 'en')).toBe('many');
    expect(attributeText({ type: 'number', value: ' ' }, 'en')).toBe(' ');
    expect(attributeText({ type: 'number', value: '9223372036854775807' }, 'en')).toBe('9223372036854775807');
    expect(attributeText({ type: 'date', value: 'soon' }, 'en')).toBe('soon');
    expect(attributeText({ type: 'date', value: null }, 'en')).toBe('');
  });
});
